//! Errors of the system, and of the walk through directories.

use std::io::{self, ErrorKind};

use jianti::{DamagedData, LimitExceeded};

use super::{InIo, Tell, Told, formats};

impl Tell for io::Error {
    fn tell(&self) -> Told {
        if let Some(InIo(told)) = self.get_ref().and_then(|cause| cause.downcast_ref()) {
            return told.clone();
        }
        let chinese = match (LimitExceeded::of(self), DamagedData::of(self)) {
            (Some(exceeded), _) => formats::limit(exceeded),
            (_, Some(data)) => formats::damaged(data),
            _ => system(self),
        };
        Told {
            english: self.to_string(),
            chinese,
        }
    }
}

/// What the system says, with its number to look up; what has no common words here in the system's own.
fn system(error: &io::Error) -> String {
    let number = error.raw_os_error();
    let told = match number.and_then(by_number).or_else(|| by_kind(error.kind())) {
        Some(told) => told.to_owned(),
        // The number is in it.
        None => return format!("系统报告：{error}"),
    };
    match number {
        Some(number) => format!("{told}（系统错误 {number}）"),
        None => told,
    }
}

fn by_kind(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::NotFound => "没有这个文件或目录",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::AlreadyExists => "已经存在",
        ErrorKind::IsADirectory => "这是一个目录",
        ErrorKind::NotADirectory => "这里或路径中的一段不是目录",
        ErrorKind::DirectoryNotEmpty => "目录不是空的",
        ErrorKind::ReadOnlyFilesystem => "文件系统是只读的",
        ErrorKind::StorageFull => "磁盘已满",
        ErrorKind::QuotaExceeded => "超出了磁盘配额",
        ErrorKind::FileTooLarge => "文件太大",
        ErrorKind::ResourceBusy => "正被占用",
        ErrorKind::ExecutableFileBusy => "程序正在运行，不能写",
        ErrorKind::InvalidFilename => "文件名太长或不能用",
        ErrorKind::TooManyLinks => "硬链接太多",
        ErrorKind::CrossesDevices => "不在同一个文件系统里",
        ErrorKind::StaleNetworkFileHandle => "网络文件系统里的文件已经变了",
        ErrorKind::NotSeekable => "不能从头再读",
        ErrorKind::BrokenPipe => "读取的一方已经离开",
        ErrorKind::TimedOut => "超时",
        ErrorKind::OutOfMemory => "内存不够",
        ErrorKind::Unsupported => "系统不支持",
        ErrorKind::InvalidInput => "系统不接受这样的参数",
        ErrorKind::UnexpectedEof => "数据没完就结束了",
        ErrorKind::InvalidData => "数据已损坏，不合格式或校验和不符",
        ErrorKind::WriteZero => "没能写完",
        _ => return None,
    })
}

/// What has no kind of its own yet.
fn by_number(number: i32) -> Option<&'static str> {
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        let words = [
            (Errno::IO, "输入输出错误，磁盘或连接可能有故障"),
            (Errno::LOOP, "符号链接太多，或绕成一圈"),
            (Errno::MFILE, "打开的文件太多；可用 ulimit -n 提高上限"),
            (Errno::NFILE, "系统打开的文件太多"),
            (Errno::PERM, "不允许这样做"),
            (Errno::NXIO, "没有这个设备，或没有程序在读这个管道"),
            (Errno::NODEV, "没有这个设备"),
            (Errno::BADF, "没有打开，或不能这样用"),
        ];
        let found = words
            .iter()
            .find(|(errno, _)| errno.raw_os_error() == number);
        found.map(|(_, words)| *words)
    }
    #[cfg(not(unix))]
    {
        let _ = number;
        None
    }
}

impl Tell for ignore::Error {
    fn tell(&self) -> Told {
        Told {
            english: self.to_string(),
            chinese: walk(self),
        }
    }
}

fn walk(error: &ignore::Error) -> String {
    use ignore::Error;
    match error {
        Error::Partial(errors) => {
            let all: Vec<_> = errors.iter().map(walk).collect();
            all.join("；")
        }
        Error::WithLineNumber { line, err } => format!("第 {line} 行：{}", walk(err)),
        Error::WithPath { path, err } => format!("{}：{}", path.display(), walk(err)),
        Error::WithDepth { err, .. } => walk(err),
        Error::Loop { .. } => "符号链接指向它上面的目录".to_owned(),
        Error::Io(error) => error.tell().chinese,
        Error::Glob { glob, err } => {
            let glob = glob.as_deref().unwrap_or_default();
            format!("模式“{glob}”不对：{}", pattern(err))
        }
        Error::UnrecognizedFileType(name) => format!("没有叫“{name}”的文件类型"),
        Error::InvalidDefinition => "文件类型的定义不对".to_owned(),
    }
}

/// What is wrong with a pattern; its own words are all there is of that.
fn pattern(words: &str) -> &'static str {
    let known = [
        ("unclosed character class", "方括号没有结束，缺少 ]"),
        ("invalid range", "方括号里的范围首尾颠倒"),
        ("unopened alternate group", "有 } 而没有 {"),
        ("unclosed alternate group", "花括号没有结束，缺少 }"),
        ("alternate groups nested", "花括号嵌套太深"),
        ("dangling", "末尾的 \\ 后面没有字符"),
    ];
    let found = known.iter().find(|(english, _)| words.contains(english));
    found.map_or("不合写法", |(_, chinese)| *chinese)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_pattern_is_told_by_its_kind() {
        let wrong = |glob: &str| {
            let mut builder = ignore::overrides::OverrideBuilder::new(".");
            let error = builder.add(glob).map(|_| ()).expect_err("it is wrong");
            error.tell().chinese
        };
        for (glob, cause) in [
            ("[a", "方括号没有结束，缺少 ]"),
            ("[z-a]", "方括号里的范围首尾颠倒"),
            ("{a,b", "花括号没有结束，缺少 }"),
            ("a}", "有 } 而没有 {"),
        ] {
            assert_eq!(wrong(glob), format!("模式“{glob}”不对：{cause}"));
        }
    }
}
