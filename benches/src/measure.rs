//! Medians of interleaved runs: on a shared machine the noise then meets all contenders alike.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// One contender: its name, and what it does.
pub struct Contender<'a> {
    pub name: String,
    run: Box<dyn FnMut() + 'a>,
    /// Seconds for one run.
    pub median: f64,
}

impl<'a> Contender<'a> {
    pub fn new<T>(name: &str, mut work: impl FnMut() -> T + 'a) -> Contender<'a> {
        Contender {
            name: name.to_owned(),
            run: Box::new(move || {
                black_box(work());
            }),
            median: 0.0,
        }
    }
}

/// Runs all contenders in turns, `rounds` times, each long enough to be timed, and notes their medians.
/// With `JIANTI_BENCH_ONLY` in the environment only those whose name holds its value run, for a profiler's sake.
pub fn measure(contenders: &mut Vec<Contender>, rounds: usize, least: Duration) {
    if let Ok(only) = std::env::var("JIANTI_BENCH_ONLY") {
        contenders.retain(|contender| contender.name.contains(&only));
    }
    let repeats: Vec<u32> = contenders
        .iter_mut()
        .map(|contender| {
            (contender.run)();
            let start = Instant::now();
            (contender.run)();
            let once = start.elapsed().max(Duration::from_nanos(20));
            (least.as_nanos() / once.as_nanos()).clamp(1, 1_000_000) as u32
        })
        .collect();
    let mut times = vec![Vec::with_capacity(rounds); contenders.len()];
    for _ in 0..rounds {
        for (index, contender) in contenders.iter_mut().enumerate() {
            let start = Instant::now();
            for _ in 0..repeats[index] {
                (contender.run)();
            }
            times[index].push(start.elapsed().as_secs_f64() / f64::from(repeats[index]));
        }
    }
    for (contender, mut times) in contenders.iter_mut().zip(times) {
        times.sort_by(f64::total_cmp);
        contender.median = times[times.len() / 2];
    }
}

/// A Markdown table of rates and of ratios to the contenders that `against` names.
pub fn table(title: &str, bytes: usize, contenders: &[Contender], against: &[&str]) {
    println!("\n### {title}\n");
    let heads: String = against.iter().map(|name| format!(" × {name} |")).collect();
    println!("| | MB/s |{heads}");
    println!("| --- | ---: |{}", " ---: |".repeat(against.len()));
    for contender in contenders {
        let ratios: String = against
            .iter()
            .map(|name| {
                let other = contenders.iter().find(|other| other.name == *name);
                match other {
                    Some(other) => format!(" {:.2} |", other.median / contender.median),
                    None => " |".to_owned(),
                }
            })
            .collect();
        let rate = bytes as f64 / contender.median / 1e6;
        println!("| {} | {rate:.0} |{ratios}", contender.name);
    }
}
