use std::io::Read;
fn main() {
    let mut s = String::new();
    std::io::stdin().read_to_string(&mut s).unwrap();
    let c: jianti::convert::Config = std::env::args().nth(1).unwrap().parse().unwrap();
    print!(
        "{}",
        jianti::convert::Converter::new(c, false, &[]).convert(&s)
    );
}
