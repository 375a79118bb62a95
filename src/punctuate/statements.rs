//! Lines of programs that are told by the word they begin with.

/// Whether a line is a statement of a program or of a shell, however much Chinese is in it. `has_signs` says that there
/// may be a `=`.
pub fn is_statement(line: &str, has_signs: bool) -> bool {
    // Most lines begin in Chinese.
    let begins = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'$' | b'#');
    if !has_signs && !line.as_bytes().first().is_some_and(begins) {
        return false;
    }
    let end = memchr::memchr3(b' ', b'(', b':', line.as_bytes()).unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    // Keywords and commands are in ASCII, as the beginning of prose seldom is.
    let is_told = || is_query(word, rest) || is_block(word, rest) || is_command(word, rest);
    (word.is_ascii() && is_told() || is_assignment(word, rest))
        && !line.contains(['，', '。', '；', '！', '？', '“', '「', '《', '：'])
}

/// SELECT 姓名, 年龄 FROM 学生
fn is_query(word: &str, rest: &str) -> bool {
    let goes_on: &[&str] = match word {
        "SELECT" | "DELETE" | "select" | "delete" => &[" FROM ", " from "],
        "INSERT" | "insert" => &[" INTO ", " into "],
        "UPDATE" | "update" => &[" SET ", " set "],
        "CREATE" | "ALTER" | "DROP" | "create" | "alter" | "drop" => {
            &[" TABLE ", " table ", " INDEX ", " VIEW ", " DATABASE "]
        }
        _ => return false,
    };
    goes_on.iter().any(|word| rest.contains(word))
}

/// for 元素 in [一, 二]: and def 计算(甲, 乙):
fn is_block(word: &str, rest: &str) -> bool {
    let ends = |ends: &[char]| rest.trim_end().ends_with(ends);
    match word {
        "def" | "class" => rest.contains(':') && (rest.contains('(') || ends(&[':'])),
        "for" => rest.contains(" in ") && rest.contains(':') || rest.starts_with(" ("),
        "if" | "elif" | "while" | "with" => {
            // while True: 等待(1)
            ends(&[':', '{', ';']) && rest.contains(['(', '<', '>', '=', '!'])
                || ends(&[')']) && rest.contains(": ")
        }
        "lambda" => rest.contains(':'),
        // case "是", "否":
        "case" => {
            rest.starts_with([' ', '(']) && rest.contains(['"', '\'']) && ends(&[':', '{', ';'])
        }
        "assert" => rest.contains(['=', '<', '>', '(']),
        "raise" | "throw" => rest.contains('('),
        "return" | "let" | "var" | "const" | "int" | "string" | "String" | "float" | "double"
        | "bool" | "public" | "private" | "static" | "void" => ends(&[';', '{']),
        "function" | "func" | "fn" => rest.contains('(') && ends(&['{', '}', ';']),
        // import 模块, 工具
        "import" if rest.contains(',') && !rest.trim().replace(", ", ",").contains(' ') => true,
        "#include" | "#define" => true,
        "import" | "from" | "using" | "package" => {
            ends(&[';', '>']) || word == "from" && rest.contains(" import ")
        }
        _ => false,
    }
}

/// Whether all text of a line stands in the strings of data: dbase (["姓名":"谢逊","力量":60,]). What is around them is in ASCII,
/// and brackets or colons that prose lacks join them.
pub fn is_data(line: &str) -> bool {
    const SIGNS: [&str; 14] = [
        "[\"", "\"]", "{\"", "\"}", "([", "({", "])", "})", "\":\"", "\":[", "\":{", "\":(",
        ":[\"", ":{",
    ];
    let mut strings = memchr::memchr_iter(b'"', line.as_bytes());
    // Most lines have none, and text in front of the first.
    let Some(first) = strings.next().filter(|first| line[..*first].is_ascii()) else {
        return false;
    };
    let (mut end, mut has_text) = (Some(first), false);
    while let Some(start) = end {
        let Some(close) = strings.next() else {
            return false;
        };
        has_text |= !line[start..close].is_ascii();
        end = strings.next();
        if !line[close..end.unwrap_or(line.len())].is_ascii() {
            return false;
        }
    }
    has_text && SIGNS.iter().filter(|sign| line.contains(**sign)).count() > 1
}

/// 变量 = "预设值"  # 注解,说明
fn is_assignment(name: &str, rest: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    rest.starts_with(" = ")
        && name.chars().all(is_name)
        && (rest.contains(" # ") || rest.contains(" // "))
}

/// echo "备份完成, 请检查" >> 日志.txt
fn is_command(word: &str, rest: &str) -> bool {
    const COMMANDS: [&str; 30] = [
        "$", "echo", "printf", "cd", "ls", "cp", "mv", "rm", "mkdir", "cat", "grep", "sed", "awk",
        "find", "sudo", "git", "docker", "pip", "npm", "curl", "wget", "python", "python3", "node",
        "ssh", "scp", "tar", "chmod", "chown", "export",
    ];
    let signs = [" >> ", " > ", " | ", " && ", "; "];
    let has_option = || {
        rest.split(' ').any(|word| {
            let name = word.trim_start_matches('-');
            (1..=2).contains(&(word.len() - name.len()))
                && name.starts_with(|c: char| c.is_ascii_alphabetic())
        })
    };
    rest.starts_with(' ')
        && COMMANDS.contains(&word)
        && (signs.iter().any(|sign| rest.contains(sign)) || has_option())
}
