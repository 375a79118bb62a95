"""A small corpus of Chinese web text, made here: traditional, simplified, mixed, damaged, foreign and poisonous documents."""

import json
import random

SENTENCES = [
    "圖書館裏靜悄悄，沒有人說話。",
    "關於從前的事, 沒有人回答。",
    "校門口掛著那口銅鐘，牆上寫著標語。",
    "这里已经是简体中文，一个字也不用改。",
    "王乾先生回到漁村，海風從窗口吹進來。",
    "我們在這裡讀書，他們在那裡寫字。",
]
DAMAGED = ["牆上寫著\"开學(xué)典禮\".", "沒有人回答?：ｏL從窗口吹进來，書頁嘩嘩響。"]
OTHERS = ["図書館は静かです。本を読みましょう。", "Plain English, with a comma.", "", "\u0000\ufffd鍥句功棣嗛噷鐨勪功"]


def documents(count, size=600, seed=15):
    """So many records with ``id``, ``url`` and ``text``, of about so many characters."""
    chance = random.Random(seed)
    for number in range(count):
        if chance.random() < 0.05:
            text = chance.choice(OTHERS)
        else:
            sentences = chance.choices(SENTENCES, k=max(1, size // 16))
            if chance.random() < 0.1:
                sentences[chance.randrange(len(sentences))] = chance.choice(DAMAGED)
            text = "\n".join(sentences)
        yield {"id": number, "url": f"https://example.org/圖書/{number}", "text": text}


def write_jsonl(path, count, **options):
    """Writes them as JSON Lines, and returns the path."""
    with open(path, "w", encoding="utf-8") as file:
        for record in documents(count, **options):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def write_parquet(path, count, **options):
    """Writes them as Parquet, and returns the path. Needs pyarrow."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    parquet.write_table(pa.Table.from_pylist(list(documents(count, **options))), path, row_group_size=1000)
    return path
