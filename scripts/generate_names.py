#!/usr/bin/env python3
"""Writes crates/data/choice/names.txt: surnames, and characters of given names, with how often each was counted.

    python3 scripts/generate_names.py

Counted are the names of persons in the dictionary of the crate jieba-rs: entries tagged nr that begin with a surname of
SURNAMES and have one or two characters behind it. Every name counts once, and once more for each tenfold of its count.
"""

import collections
import pathlib
import tempfile

import generate_words

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦马苗凤方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣"
    "贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲"
    "伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵"
    "冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东"
    "欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖代邸佟仝苟闫丘付迟岳"
    "楚帅缑亢况郈有琴商牟佘佴伯赏墨哈谯笪年爱阳佟言福锺甯祕氾谿脩岱冼揭阚户来由展栗"
)
COMPOUND = (
    "万俟 司马 上官 欧阳 夏侯 诸葛 闻人 东方 赫连 皇甫 尉迟 公羊 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 公孙 仲孙 轩辕 令狐 钟离 锺离 宇文 "
    "长孙 慕容 鲜于 闾丘 司徒 司空 亓官 司寇 子车 颛孙 端木 巫马 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷 宰父 谷梁 段干 百里 东郭 南门 呼延 "
    "羊舌 微生 梁丘 左丘 东门 西门 南宫 第五 独孤 完颜 耶律 纳兰 叶赫 爱新觉罗"
).split()


def names():
    with tempfile.TemporaryDirectory() as folder:
        dictionary = generate_words.fetch(folder).decode("utf-8")
    singles, compounds = set(SURNAMES), set(COMPOUND)
    surnames, given = collections.Counter(), collections.Counter()
    for line in dictionary.splitlines():
        word, count, tag = line.split(" ")
        if not tag.startswith("nr") or not generate_words.is_word(word):
            continue
        for surname in (word[:2], word[:1]):
            rest = word[len(surname):]
            if surname in (singles | compounds) and 1 <= len(rest) <= 2:
                weight = len(count)
                surnames[surname] += weight
                given.update({c: weight * rest.count(c) for c in rest})
                break
    for surname in singles | compounds:
        surnames[surname] += 1
    return surnames, given


def main():
    surnames, given = names()
    path = generate_words.ROOT / "crates" / "data" / "choice" / "names.txt"
    rows = [f"surname {name} {count}" for name, count in sorted(surnames.items())]
    rows += [f"given {c} {count}" for c, count in sorted(given.items()) if count > 1]
    head = f"# Surnames and characters of given names, from jieba-rs {generate_words.VERSION} (MIT); made by scripts/generate_names.py\n"
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(surnames)} surnames, {len(given)} characters of given names")


if __name__ == "__main__":
    main()
