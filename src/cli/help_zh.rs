//! The help in Chinese: for each option what it does in a line, and what else there is to say.

/// The help of an option.
#[derive(Debug)]
pub struct Text {
    /// The option's identifier.
    pub id: &'static str,
    /// What it does.
    pub short: &'static str,
    /// What else there is to say; may be empty.
    pub long: &'static str,
}

/// The help of the program.
#[derive(Debug)]
pub struct About {
    pub about: &'static str,
    pub long_about: &'static str,
    pub after_help: &'static str,
    pub after_long_help: &'static str,
}

pub const ABOUT: About = About {
    about: "把目录里繁简混杂的中文文章转成统一的简体",
    long_about: "把目录里繁简混杂的中文文章转成统一的简体。\n\n能读 UTF-8、GBK、GB 18030、Big5、UTF-16 等编码；修复抓取程序造成的损坏，转换文字和标点，\
                 不是中文文字的一概不动。结果是 UTF-8。",
    after_help: "退出码：0 成功，1 --check 或 --diff 发现有文件会改变，2 有文件失败。--help 说明全部选项。",
    after_long_help: "退出码：0 成功，1 --check 或 --diff 发现有文件会改变，2 有文件失败（其余照常完成），130 被中断。",
};

/// The headings of sections.
pub const HEADINGS: &[(&str, &str)] = &[
    ("What is done", "做什么"),
    ("Conversion", "转换"),
    ("Formats and encodings", "格式和编码"),
    ("What is printed", "显示什么"),
    ("Which files", "哪些文件"),
    ("Other", "其他"),
];

const fn text(id: &'static str, short: &'static str, long: &'static str) -> Text {
    Text { id, short, long }
}

pub const OPTIONS: &[Text] = &[
    text(
        "paths",
        "文件和目录；不写或写 - 则为标准输入",
        "不用 -o、-i、--check、--diff 时，文件的结果写到标准输出。",
    ),
    text(
        "output",
        "结果写到这个目录；只有一个文件时写成这个文件",
        "只有一个输入目录时，其内容直接放进去；有多个输入时，各自放在自己的名字下。二进制文件原样复制，权限和修改时间保留。\
         输入是一个文件，而此处已是文件、或尚不存在且带扩展名（out.txt），则写成文件。",
    ),
    text(
        "in_place",
        "替换有改动的文件；-i=.bak 保留旧文件",
        "绝不透过符号链接写入。权限保留，修改时间为转换的时间。",
    ),
    text(
        "restore",
        "恢复 -i=后缀 保留的文件；写明后缀则只恢复该后缀的",
        "转换的结果连同此后的编辑都会被替换。",
    ),
    text("check", "列出会改变的文件；有则退出码为 1", "什么也不写。"),
    text(
        "diff",
        "显示会改变什么；有改变则退出码为 1",
        "什么也不写，以 unified diff 显示；电子书、办公文档、压缩文件和归档里的文档也一样。在终端上有颜色，并标出行内改动之处。",
    ),
    text(
        "detect",
        "列出每个文件的编码、语言、繁简、格式",
        "以制表符分列，路径在最后；--detect=json 则每行一个 JSON。什么也不写。",
    ),
    text(
        "update",
        "跳过先前带 --update 的运行已完成的文件",
        "与 -o 或 -i 同用。带 --update 的运行把做过的文件连同程序版本和选项记在 .jianti-state 里（在输出目录，或原地转换的目录），\
         并跳过其中已有的。文件是否改动看索引节点号、大小和时间，用 --update=content 则看内容。",
    ),
    text(
        "no_sync",
        "不等结果存入磁盘",
        "更快，但运行后不久断电可能留下空文件。",
    ),
    text(
        "dry_run",
        "除了写入，其余照做（与 -o、-i、--restore 同用）",
        "",
    ),
    text(
        "config",
        "转换方式：auto，或 OpenCC 的 t2s、tw2s、tw2sp、hk2s、hk2sp",
        "auto 逐处判断每个字，繁体、简体、混合的文字都行。其余对所有文字照 OpenCC 转换：t2s（繁体）、tw2s（台湾）、hk2s（香港），\
         tw2sp 和 hk2sp 连用词也转成大陆的。",
    ),
    text(
        "exact",
        "与 OpenCC 逐字节相同，别的都不做（与 -c t2s 等同用）",
        "不修复，不改标点，任何语言都转换。网页、电子书和表格仍只转换文字；用 --format text 则转换整个文件。",
    ),
    text(
        "punctuation",
        "标点怎么处理",
        "chinese 按大陆的规范写中文句子的标点：，；：？！（）和句号用全角，引号用“”，……、——；字母和数字用半角。\
         抓取程序在每个字后面加的空格去掉。代码、数字、网址和其他语言里的标点不变。",
    ),
    text(
        "language",
        "转换哪些文档：只转换中文的，还是任何语言的；其余逐字节复制",
        "",
    ),
    text("rare", "也使用许多字体没有的生僻简体字，如 䭔 写作 𫗰", ""),
    text(
        "dict",
        "自己的词典，OpenCC 的文本格式：键、制表符、值",
        "最长的键优先，键相同则以自己的为准。可以写多次，键相同则以先写的为准。",
    ),
    text(
        "engine",
        "用哪个引擎转换：本程序的，或 OpenCC 的库（供比较，慢得多）",
        "",
    ),
    text("encoding", "输入的编码；不写则逐个文件判断", ""),
    text("to_encoding", "输出的编码；same 则沿用每个文件自己的", ""),
    text(
        "bom",
        "字节顺序标记怎么处理",
        "auto 在 CSV 和 TSV（Excel 靠它识别 UTF-8）、字幕（播放器靠它识别）以及源代码里保留；其他文件若有别的改动则去掉，没有则原样保留。",
    ),
    text("repair", "损坏怎么处理，如 會(huì)、河?xùn)|區", ""),
    text(
        "explain",
        "逐处列出修复和选字，以及依据",
        "写到标准错误，也写进 --report。每行有文件、行、列，规则或起决定作用的词，把握有多大，原样、结果、其他可能，以及上下文。",
    ),
    text(
        "format",
        "输入的格式；不写则由文件名和开头判断",
        "无论什么格式，只转换给人读的部分。text 是纯文本，此外有 html、json、epub 等；写错名字会列出全部。",
    ),
    text(
        "keep_code",
        "网页里的程序代码不变（pre、code、kbd、samp）",
        "Markdown 里的代码总不变，源代码文件不用 --code 也不变。",
    ),
    text(
        "code",
        "转换源代码的注释和字符串里的字",
        "标点和名称不变。不认得注释和字符串的语言保持原样，-v 和报告会说明。",
    ),
    text(
        "field",
        "只转换 JSON 的这个字段，或 CSV、TSV、Parquet 的这一列",
        "写 JSON Pointer（* 代表任何一步，如 /items/*/title）、任何深度的成员名，或列名。可以写多次；不写则转换所有字段，但 Parquet 文件不变。键不转换。",
    ),
    text(
        "outcome_columns",
        "给 Parquet 加上几列，写明每一行的结果",
        "接在原有的列后面：jianti_error、jianti_language、jianti_script、jianti_changed，每种修复各一列计数，jianti_open、jianti_lost、\
         jianti_doubtful 和 jianti_version；有几列文字时合计。写明前缀则用它代替 jianti_。文字都没有变的文件也会加上。其他格式照常转换，没有这些列。",
    ),
    text(
        "strict",
        "JSON Lines 或 Parquet 有一行坏的就拒绝整个文件",
        "不用时，不是 JSON 的行、不是 UTF-8 的行保持原样并报告，其余照常转换，退出码为 2。",
    ),
    text(
        "names",
        "文件名和目录名也转换",
        "路径以下的；用 -o 时连路径自己的名字。两个名字会变成一个时什么也不做。指向改名文件的符号链接不调整。",
    ),
    text(
        "archives",
        "也转换 ZIP、TAR 归档和网页存档（WARC）里的文字（.tar.gz 等也算）",
        "其中别的都不变。不用时它们算二进制文件。压缩文件（.gz、.bz2、.xz、.zst）、电子书和办公文档总会转换。",
    ),
    text(
        "no_limits",
        "不论解开后多大都解开",
        "不用时，解开后超过文件的 200 倍（且超过 16 MiB）或超过 16 GiB 就当作解压炸弹。",
    ),
    text(
        "lossy",
        "无法解码的换成 U+FFFD，无法编码的换成 ?，而不报错",
        "报告会计数。",
    ),
    text(
        "glob",
        "只取匹配的文件；以 ! 开头则只取不匹配的",
        "写法同 .gitignore，可以写多次。命令行上直接写出的文件总会处理。",
    ),
    text("exclude", "不取匹配的文件和目录，等于 -g '!模式'", ""),
    text(
        "newer_than",
        "只取此后改动过的文件",
        "写多久以前（2d、12h）、日期（2026-11-25、2026-11-25T18:00），或某个文件，以其改动时间为准。直接写出的文件也要更新才取。",
    ),
    text(
        "files_from",
        "另取该文件所列的文件和目录，每行一个；- 为标准输入",
        "用 -o 时，结果在输出目录下保留原来的目录层次。",
    ),
    text(
        "null",
        "--files-from 的各项以 NUL 结尾，即 find -print0 的写法",
        "",
    ),
    text(
        "stdin_filename",
        "标准输入的名字：说明其格式，也用在消息里",
        "",
    ),
    text("hidden", "隐藏的文件和目录也取", ""),
    text("no_ignore", "不遵守 .gitignore、.ignore 等忽略文件", ""),
    text(
        "follow",
        "跟随目录里的符号链接，否则跳过（不能与 -i 同用）",
        "",
    ),
    text(
        "threads",
        "线程数；0 为每个处理器一个",
        "最多每个处理器两个，或 16 个。",
    ),
    text(
        "report",
        "以 JSON Lines 写报告；- 为标准输出",
        "每个文件一个对象；还统计输出里《通用规范汉字表》没有的字。",
    ),
    text(
        "report_records",
        "报告里也写每条记录：行、结果，写明字段则连同其内容",
        "记录是 JSON Lines 的行、JSON 数组的元素、CSV 和 TSV 的行、Parquet 的字符串；字段是其成员或列（Parquet 没有）。记录的对象有 line 字段，排在文件的对象之前。",
    ),
    text(
        "review",
        "写一个网页，看看做了什么",
        "一个自带全部内容、无需联网的 HTML 文件，有中英文界面。文件再多也不大：总数是所有文件的，表里最多 2000 个，存疑的在前。",
    ),
    text("color", "何时用颜色；NO_COLOR 也能关掉", ""),
    text("format_errors", "错误和 --check 找到的文件怎么写", ""),
    text(
        "no_config",
        "不读 jianti.toml",
        "从输入所在的目录或其上级目录的这个文件里读选项；命令行上的优先。",
    ),
    text(
        "lang",
        "给人看的内容用什么语言；auto 看系统的语言设置",
        "给程序读的不随语言改变：--report 和 --detect=json 里的说明是英文。",
    ),
    text("generate", "输出手册页，或某个 shell 的命令补全", ""),
    text("version", "显示版本；加 -v 则连同程序的组成", ""),
    text("quiet", "只显示错误", ""),
    text("verbose", "每个文件显示一行", ""),
];
