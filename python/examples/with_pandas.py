"""pandas: a column of a DataFrame. pip install ./python pandas pyarrow"""

import pandas
from corpus import documents

import jianti

n = jianti.Normalizer()
frame = pandas.DataFrame(documents(1000))

outcomes = pandas.DataFrame.from_arrow(n.outcomes(frame["text"]))
frame["text"] = outcomes.pop("text").to_numpy()
frame = frame.join(outcomes)

print(frame[["id", "text", "script", "changed", "gloss"]].head())
print(frame["changed"].sum(), "of", len(frame), "changed;", frame["error"].notna().sum(), "failed")
assert len(frame) == 1000 and list(frame["id"]) == list(range(1000))
