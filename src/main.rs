use std::io::{Read, Write};
fn main() {
    let mut s = Vec::new();
    std::io::stdin().read_to_end(&mut s).unwrap();
    let config: jianti::convert::Config = std::env::args().nth(1).unwrap().parse().unwrap();
    let n = jianti::Normalizer::new(jianti::Options {
        config,
        ..Default::default()
    })
    .unwrap();
    match n.normalize(&s) {
        Ok((b, o)) => {
            std::io::stdout().write_all(&b).unwrap();
            eprintln!("{o:?}");
        }
        Err(e) => eprintln!("{e}"),
    }
}
