//! Errors about documents of a format, archives and compressed files.

use jianti::{
    ArchiveFault, DamagedData, DocumentFault, Format, FormatError, LimitExceeded, ParquetFault,
    ParquetRefusal, Refusal,
};

use super::{Tell, Told, library};

impl Tell for FormatError {
    fn tell(&self) -> Told {
        let chinese = match self {
            FormatError::Document {
                format,
                offset,
                cause,
            } => format!(
                "不是正确的 {format}：{}，在文字的 UTF-8 字节偏移 {offset} 处",
                document(*cause)
            ),
            FormatError::TooMuch { format, offset } => {
                format!("太占内存：从文字的 UTF-8 字节偏移 {offset} 处起，{format} 的行和标记太多")
            }
            FormatError::Record {
                line,
                column,
                cause,
            } => format!(
                "第 {line} 行第 {column} 列不是正确的 jsonl：{}",
                document(*cause)
            ),
            FormatError::Damaged {
                format: Format::Parquet,
                offset,
                cause,
            } => format!(
                "Parquet 文件在字节偏移 {offset} 处中断或损坏：{}；请换一份完好的",
                archive(cause)
            ),
            FormatError::Parquet(cause) => parquet_refusal(cause),
            FormatError::Damaged {
                format,
                offset,
                cause,
            } => format!(
                "{} 归档在字节偏移 {offset} 处中断或损坏：{}；请换一份完好的",
                format.name().to_uppercase(),
                archive(cause)
            ),
            FormatError::Refused { name, cause } => format!("成员 {name} {}", refusal(cause)),
            FormatError::Part { name, cause } => format!("{name}：{}", cause.tell().chinese),
            FormatError::Undetected(error) => library::undetected(error),
            FormatError::Decode(error) => library::decode(error),
            FormatError::Io(error) => error.tell().chinese,
        };
        Told {
            english: self.to_string(),
            chinese,
        }
    }
}

impl Tell for DocumentFault {
    fn tell(&self) -> Told {
        Told {
            english: self.to_string(),
            chinese: document(*self).to_owned(),
        }
    }
}

fn document(fault: DocumentFault) -> &'static str {
    match fault {
        DocumentFault::OtherFormat => "内容与开头所示的格式不符",
        DocumentFault::TooMuch => "太占内存：从这里起行和标记太多",
        DocumentFault::NotUtf8 => "这里的字节不是 UTF-8",
        DocumentFault::TooDeep => "嵌套太深",
        DocumentFault::LongNumber => "有一个数的长度超过 1 MiB",
        DocumentFault::Misplaced => "这里出现了不该有的字符",
        DocumentFault::OpenString => "字符串没有结束",
        DocumentFault::EndsEarly => "内容不完整，提前结束",
        DocumentFault::NoValue => "这不是合法的值",
        DocumentFault::NoDigit => "缺少数字",
        DocumentFault::NotInNumber => "数字里不能有这个字符",
        DocumentFault::Control => "控制字符必须转义",
        DocumentFault::NoEscape => "没有这种转义序列",
        DocumentFault::NoNotebook => "不是第 4 版的 notebook",
        DocumentFault::NoColumn => "第一行没有 --field 所写的列名",
    }
}

fn archive(fault: &ArchiveFault) -> &'static str {
    match fault {
        ArchiveFault::Parquet(fault) => parquet(*fault),
        ArchiveFault::NoContentLength => "记录没有 Content-Length",
        ArchiveFault::NoRecord => "这里不是记录的开头",
        ArchiveFault::HeaderNoEnd => "记录的头部没有结束",
        ArchiveFault::NoField => "记录的头部有一行不是字段",
        ArchiveFault::ShortRecord => "记录比 Content-Length 所说的短",
        ArchiveFault::NoHeader => "这里没有头部，或头部的校验和不符",
        ArchiveFault::NoMember => "缺少一个成员",
        ArchiveFault::HeaderCut => "头部不完整",
        ArchiveFault::AfterEnd => "归档结束之后还有别的内容，请先解开",
        ArchiveFault::LongAttributes => "成员的名称和属性太长",
        ArchiveFault::BadAttribute => "有一个属性不是“长度 名称=值”",
        ArchiveFault::NoSize => "大小不是数",
        ArchiveFault::LargeSize => "大小超出范围",
        ArchiveFault::MemberCut => "成员不完整",
        ArchiveFault::SparseCut => "稀疏文件的分布表不完整",
        ArchiveFault::SparseLong => "稀疏文件的分布表太长",
        ArchiveFault::NoDirectory => "末尾没有目录",
        ArchiveFault::DirectoryCut => "目录不完整",
        ArchiveFault::BadDirectory => "目录已损坏",
        ArchiveFault::ReachesDirectory => "有一个成员延伸到了目录里",
        ArchiveFault::MemberHeaderCut => "成员的头部不完整",
        ArchiveFault::NoMemberHere => "这里不是成员的开头",
        ArchiveFault::OtherName => "成员在这里的名称与目录里的不同",
    }
}

fn parquet(fault: ParquetFault) -> &'static str {
    match fault {
        ParquetFault::PageRows => "各页的行数与行组不符",
        ParquetFault::BehindFooter => "元数据之后还有别的内容",
        ParquetFault::TooShort => "文件太短",
        ParquetFault::NoEnd => "结尾不是 Parquet 文件的结尾",
        ParquetFault::LongFooter => "页脚比整个文件还长",
        ParquetFault::NoRows => "没有写明行数",
        ParquetFault::OtherColumns => "有一个行组的列与结构定义不符",
        ParquetFault::NoPlace => "没有写明某一列在哪里",
        ParquetFault::Overlap => "页脚把两样东西写在同一处",
        ParquetFault::NoTree => "结构定义不是由列组成的树",
        ParquetFault::TooDeep => "列的嵌套太深",
        ParquetFault::UnknownKind => "元数据里有种类不明的值",
        ParquetFault::MetadataCut => "元数据不完整",
        ParquetFault::PageBehind => "有一页超出了所在列的末尾",
        ParquetFault::PageHeader => "有一页的页头不完整",
        ParquetFault::PageChecksum => "有一页的校验和与页头不符",
        ParquetFault::PageLength => "有一页的长度与页头不符",
        ParquetFault::PageUnpacking => "有一页无法解压",
        ParquetFault::PageValues => "各页的值数与页脚不符",
        ParquetFault::Levels => "有一页的层级不完整",
        ParquetFault::TooFewLevels => "有一页的值比层级多",
        ParquetFault::DeepLevel => "有一页的层级太深",
        ParquetFault::EmptyRun => "有一段数是空的",
        ParquetFault::RunCut => "有一段数不完整",
        ParquetFault::LengthBlock => "有一块长度不合格式",
        ParquetFault::Lengths => "字符串的长度与内容不符",
        ParquetFault::StringCut => "有一个字符串不完整",
        ParquetFault::NotInDictionary => "引用了字典页里没有的字符串",
        ParquetFault::Dictionary => "字典页重复，或者不合格式",
    }
}

fn parquet_refusal(refusal: &ParquetRefusal) -> String {
    match refusal {
        ParquetRefusal::Encrypted => "Parquet 文件已加密；请先解密".to_owned(),
        ParquetRefusal::Enumerated => {
            "结构定义里列出了某一列的取值（Polars 的 Enum）；请先转成字符串".to_owned()
        }
        ParquetRefusal::NoColumn { field, columns } => {
            const NAMED: usize = ParquetRefusal::NAMED;
            let named = columns[..columns.len().min(NAMED)].join("、");
            let more = if columns.len() > NAMED { " 等" } else { "" };
            match &columns[..] {
                [] => format!("没有叫 {field} 的文字列；这个文件没有文字列"),
                _ => format!("没有叫 {field} 的文字列；有的是 {named}{more}"),
            }
        }
        ParquetRefusal::IsThere { column } => format!("它已经有名为 {column} 的列"),
        ParquetRefusal::Codec { column, codec } => format!(
            "列 {column} 用 {codec} 压缩，无法读取；请用 Snappy、Zstandard、gzip 或 LZ4_RAW 重新写出"
        ),
        ParquetRefusal::Encoding { column, encoding } => {
            format!("列 {column} 的编码 {encoding} 无法读取；请重新写出")
        }
        ParquetRefusal::Elsewhere { column } => {
            format!("列 {column} 在另一个文件里；请指定那个文件")
        }
        ParquetRefusal::TooLarge { column } => {
            format!("列 {column} 有一页会超过 2 GiB；请用小一些的页重新写出")
        }
        ParquetRefusal::Row {
            column,
            row,
            character,
            cause,
        } => format!(
            "列 {column} 第 {row} 行第 {character} 个字符：{}",
            document(*cause)
        ),
    }
}

/// Said of the member.
fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Nul => "的名称里有 NUL 字节".to_owned(),
        Refusal::AbsolutePath => "的路径是绝对路径".to_owned(),
        Refusal::LeadsOut => "的路径用 .. 通向归档之外".to_owned(),
        Refusal::BehindLink => "在符号链接之后".to_owned(),
        Refusal::Twice => "出现了两次".to_owned(),
        Refusal::LinkLeadsOut { target } => format!("是通向归档之外的链接，指向 {target}"),
        Refusal::SharesBytes => "与另一成员共用字节，像是解压炸弹".to_owned(),
        Refusal::Encrypted => "已加密；请先解密".to_owned(),
        Refusal::Method { method } => {
            format!("的压缩方法 {method} 不认得；请重新打包")
        }
        Refusal::TooLarge => "会超过 4 GiB；请先解开归档".to_owned(),
    }
}

pub fn limit(exceeded: &LimitExceeded) -> String {
    let (ratio, size) = (LimitExceeded::RATIO, LimitExceeded::MOST >> 30);
    let depth = LimitExceeded::DEPTH;
    match exceeded {
        LimitExceeded::Ratio => format!("解开后超过文件的 {ratio} 倍，像是解压炸弹"),
        LimitExceeded::Size => format!("解开后超过 {size} GiB"),
        LimitExceeded::Depth => {
            format!("归档套归档超过 {depth} 层，像是解压炸弹；请先解开外层")
        }
    }
}

pub fn damaged(data: &DamagedData) -> String {
    let (name, offset) = (data.compression, data.offset);
    match data.is_cut_off {
        true => format!("{name} 数据不完整，在字节偏移 {offset} 处中断；请换一份完好的"),
        false => {
            format!("{name} 数据已损坏，在字节偏移 {offset} 处不合格式或校验和不符；请换一份完好的")
        }
    }
}
