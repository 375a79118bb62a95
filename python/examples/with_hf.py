"""Hugging Face datasets: a function for Dataset.map. pip install ./python datasets"""

import tempfile

from corpus import documents
from datasets import Dataset, disable_progress_bars

import jianti
from jianti.hf import Batches

if __name__ == "__main__":
    disable_progress_bars()
    with tempfile.TemporaryDirectory() as folder:
        dataset = Dataset.from_list(list(documents(2000)))
        batches = Batches("text", jianti.Normalizer())
        done = dataset.with_format("arrow").map(batches, batched=True, num_proc=2, cache_file_name=f"{folder}/done.arrow")
        done = done.with_format(None)
        print(done[0])
        assert done["id"][:] == list(range(2000)) and done["text"][0] == jianti.Normalizer()(dataset["text"][0])
