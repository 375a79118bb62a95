fn main() {
    let a = std::env::args().nth(1).unwrap();
    let text = std::fs::read_to_string(&a).unwrap();
    let r = jianti::repair::Repairer::default();
    for _ in 0..200 {
        r.repair(&text, &mut jianti::repair::Findings::new(false));
    }
}
