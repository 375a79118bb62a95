use jianti::repair::*;
fn main() {
    let r = Repairer::default();
    let n = jianti::Normalizer::new(jianti::Options {
        repair: jianti::Repair::Off,
        ..Default::default()
    })
    .unwrap();
    let y = jianti::Normalizer::new(jianti::Options::default()).unwrap();
    for a in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&a).unwrap();
        let best = |f: &mut dyn FnMut()| {
            (0..7)
                .map(|_| {
                    let t = std::time::Instant::now();
                    f();
                    t.elapsed().as_secs_f64()
                })
                .fold(9e9, f64::min)
        };
        let a1 = best(&mut || {
            r.repair(&text, &mut Findings::new(false));
        });
        let b = best(&mut || {
            n.normalize(text.as_bytes()).unwrap();
        });
        let c = best(&mut || {
            y.normalize(text.as_bytes()).unwrap();
        });
        println!(
            "{a}: repair {:.0} MB/s, off {:.0} MB/s, auto {:.0} MB/s, {:.1} %",
            text.len() as f64 / 1e6 / a1,
            text.len() as f64 / 1e6 / b,
            text.len() as f64 / 1e6 / c,
            b / c * 100.
        );
    }
}
