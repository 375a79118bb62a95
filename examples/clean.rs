use jianti::repair::*;
fn main() {
    let r = Repairer::default();
    for a in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&a).unwrap();
        let mut fi = Findings::new(true);
        let t = std::time::Instant::now();
        let out = r.repair(&text, &mut fi);
        println!(
            "{a}: {} bytes {:?} {:.0} MB/s changed {} {:?}",
            text.len(),
            t.elapsed(),
            text.len() as f64 / 1e6 / t.elapsed().as_secs_f64(),
            out != text,
            fi.repairs
        );
        for s in fi.sites.unwrap().iter().take(25) {
            println!(
                "   {:?} {:?} -> {:?} | {:?}",
                s.rule,
                s.before.chars().take(40).collect::<String>(),
                s.after,
                &text[s.offset as usize..]
                    .chars()
                    .take(20)
                    .collect::<String>()
            );
        }
    }
}
