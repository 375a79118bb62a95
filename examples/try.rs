use jianti::repair::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let r = Repairer::default();
    let text = std::fs::read_to_string(&a[1]).unwrap();
    if a[1].ends_with(".tsv") {
        for l in text.lines().skip(1) {
            let f: Vec<&str> = l.split('\t').collect();
            let mut fi = Findings::new(true);
            let out = r.repair(f[0], &mut fi);
            println!(
                "{} {}\n   want {}\n   got  {}",
                if out == f[1] {
                    "OK"
                } else if out == f[0] {
                    "LEFT"
                } else {
                    "WRONG"
                },
                f[0],
                f[1],
                out
            );
            if out != f[1] {
                for s in fi.sites.unwrap() {
                    println!("        {s:?}");
                }
            }
        }
    } else {
        let mut fi = Findings::new(true);
        let t = std::time::Instant::now();
        let out = r.repair(&text, &mut fi).into_owned();
        eprintln!("{:?} {:?}", t.elapsed(), fi.repairs);
        for s in fi
            .sites
            .unwrap()
            .iter()
            .filter(|s| a.len() > 2 || s.rule != Rule::Gloss)
            .take(400)
        {
            eprintln!("{s:?}");
        }
        print!("{out}");
    }
}
