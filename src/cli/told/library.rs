//! The library's errors.

use jianti::encoding::{DecodeError, EncodeError, Undetected, UnknownEncoding};
use jianti::{DictionaryFault, Error, ParseError, UnknownConfig, UnknownFormat};

use super::{Tell, Told};

impl Tell for Error {
    fn tell(&self) -> Told {
        let chinese = match self {
            Error::Binary => "这是二进制文件，不是文字".to_owned(),
            Error::Unsupported { kind } => format!("这是 {kind} 文件，不支持这种文件"),
            Error::Undetected(error) => undetected(error),
            Error::Decode(error) => decode(error),
            Error::Encode(error) => encode(error),
            Error::Format(error) => error.tell().chinese,
            Error::Member { name, cause } => format!("{name}：{}", cause.tell().chinese),
            // What another engine says of itself is in its own words.
            Error::Engine(error) => format!("引擎 {} 出错：{}", error.engine, error.message),
            Error::Io(error) => error.tell().chinese,
        };
        Told {
            english: self.to_string(),
            chinese,
        }
    }
}

pub fn undetected(error: &Undetected) -> String {
    format!("看起来不像中文，更像 {} 编码的文字", error.like())
}

pub fn decode(error: &DecodeError) -> String {
    let DecodeError {
        encoding,
        offset,
        bytes,
        count,
    } = error;
    let bytes: Vec<_> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    let bytes = bytes.join(" ");
    let others = match count {
        0..=1 => String::new(),
        count => format!("，这样的地方共有 {count} 处，这是第一处"),
    };
    format!("字节偏移 {offset} 处不是正确的 {encoding} 编码（字节 {bytes}）{others}")
}

fn encode(error: &EncodeError) -> String {
    let EncodeError {
        encoding,
        character,
        offset,
    } = error;
    let code = u32::from(*character);
    format!(
        "{encoding} 编码里没有“{character}”（U+{code:04X}），它在文字的 UTF-8 字节偏移 {offset} 处"
    )
}

impl Tell for UnknownEncoding {
    fn tell(&self) -> Told {
        let (name, known) = (self.name(), Self::KNOWN.replace(", ", "、"));
        Told {
            english: self.to_string(),
            chinese: format!(
                "没有叫“{name}”的编码；可以写 {known}，或 WHATWG 编码标准里的其他名称"
            ),
        }
    }
}

impl Tell for UnknownFormat {
    fn tell(&self) -> Told {
        let (name, known) = (self.name(), Self::known().replace(", ", "、"));
        Told {
            english: self.to_string(),
            chinese: format!("没有叫“{name}”的格式；可以写 {known}"),
        }
    }
}

impl Tell for UnknownConfig {
    fn tell(&self) -> Told {
        let (name, known) = (&self.0, Self::known().replace(", ", "、"));
        Told {
            english: self.to_string(),
            chinese: format!("没有叫“{name}”的转换方式；可以写 {known}"),
        }
    }
}

impl Tell for ParseError {
    fn tell(&self) -> Told {
        let cause = match self.cause {
            DictionaryFault::NoTab => "没有制表符",
            DictionaryFault::NoKey => "键是空的",
        };
        Told {
            english: self.to_string(),
            chinese: format!("第 {} 行{cause}；每行应是键、制表符、值", self.line),
        }
    }
}
