//! How far a run is, on a terminal: bytes, rate, total and time left, once it lasts. Nothing where standard error is none.

use std::io::{self, IsTerminal, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use super::language::{pick, say};
use super::totals::files as files_word;
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// How long a run lasts before it shows.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often it is drawn anew.
const TICK: Duration = Duration::from_millis(200);

/// Counts what is done. Copies count together.
#[derive(Clone, Debug)]
pub struct Progress {
    bar: ProgressBar,
    /// Whether it may ever be seen: a bar tells the time at each step.
    is_shown: bool,
    files: Arc<AtomicU64>,
}

impl Progress {
    /// One that shows after a second, if `is_shown` and there is a terminal. `total` counts how much there is, bytes,
    /// meanwhile; it may take its time.
    pub fn new(is_shown: bool, total: impl FnOnce() -> Option<u64> + Send + 'static) -> Progress {
        let bar = ProgressBar::hidden();
        let files = Arc::new(AtomicU64::new(0));
        let is_shown = is_shown && io::stderr().is_terminal();
        let progress = Progress {
            bar: bar.clone(),
            is_shown,
            files: files.clone(),
        };
        if !is_shown {
            return progress;
        }
        bar.set_style(style(files));
        // Ends with the process at the latest.
        thread::spawn(move || {
            thread::sleep(PATIENCE);
            if bar.is_finished() {
                return;
            }
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(TICK);
            if let Some(total) = total() {
                bar.set_length(total);
            }
        });
        progress
    }

    /// Adds bytes that were read.
    pub fn add(&self, bytes: u64) {
        if self.is_shown {
            self.bar.inc(bytes);
        }
    }

    /// Adds a file that is done.
    pub fn file(&self) {
        self.files.fetch_add(1, Ordering::Relaxed);
    }

    /// Prints while the bar makes room.
    pub fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    /// Takes it away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Counts what is read of `input`; of what is read again only what goes beyond.
    pub fn reading<R>(&self, input: R) -> Counted<R> {
        Counted {
            input,
            at: 0,
            most: 0,
            progress: self.clone(),
        }
    }
}

fn style(files: Arc<AtomicU64>) -> ProgressStyle {
    ProgressStyle::with_template("{spinner} {state}")
        .expect("a template")
        .with_key(
            "state",
            move |state: &ProgressState, out: &mut dyn std::fmt::Write| {
                let done = state.pos();
                let text = line(
                    files.load(Ordering::Relaxed),
                    done,
                    state.len().filter(|total| *total >= done && *total > 0),
                    state.elapsed(),
                );
                // It goes nowhere else.
                let _ = out.write_str(&text);
            },
        )
}

/// What is shown.
fn line(files: u64, done: u64, total: Option<u64>, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64().max(0.001);
    let rate = done as f64 / seconds;
    let mut parts = Vec::new();
    if files > 0 {
        parts.push(format!("{} {}", HumanCount(files), files_word(files)));
    }
    parts.push(match total {
        Some(total) => say!(
            "{read} of {total} ({percent:.0} %)",
            "{read}，共 {total}（{percent:.0}%）",
            read = size(done),
            total = size(total),
            percent = done as f64 * 100.0 / total as f64
        ),
        None => size(done),
    });
    let rate_shown = size(rate as u64);
    parts.push(say!("{rate_shown}/s", "每秒 {rate_shown}"));
    parts.push(time(elapsed));
    if let (Some(total), true) = (total, rate > 0.0) {
        let left = Duration::from_secs_f64((total - done) as f64 / rate);
        parts.push(say!("{left} left", "还剩 {left}", left = time(left)));
    }
    parts.join(pick(", ", "，"))
}

/// A size in whole numbers.
fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} B"),
        10_000..10_000_000 => format!("{} KB", bytes / 1_000),
        10_000_000..100_000_000_000 => format!("{} MB", HumanCount(bytes / 1_000_000)),
        _ => format!("{} GB", HumanCount(bytes / 1_000_000_000)),
    }
}

/// A time in whole numbers.
fn time(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..120 => say!("{seconds} s", "{seconds} 秒"),
        seconds @ 120..7_200 => say!("{minutes} min", "{minutes} 分钟", minutes = seconds / 60),
        seconds => say!(
            "{hours} h {minutes} min",
            "{hours} 小时 {minutes} 分钟",
            hours = seconds / 3_600,
            minutes = seconds / 60 % 60
        ),
    }
}

/// Something that is read, and counted.
#[derive(Debug)]
pub struct Counted<R> {
    input: R,
    at: u64,
    most: u64,
    progress: Progress,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.at += read as u64;
        if self.at > self.most {
            self.progress.add(self.at - self.most);
            self.most = self.at;
        }
        Ok(read)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.input.seek(to)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_whole() {
        let minute = Duration::from_secs(60);
        assert_eq!(
            line(1_234, 600_000_000, Some(2_200_000_000), minute),
            "1,234 files, 600 MB of 2,200 MB (27 %), 10 MB/s, 60 s, 2 min left"
        );
        assert_eq!(line(0, 5_000, None, minute), "5000 B, 83 B/s, 60 s");
        assert_eq!(time(Duration::from_secs(7_999)), "2 h 13 min");
    }

    #[test]
    fn what_is_read_twice_counts_once() {
        let progress = Progress {
            is_shown: true,
            ..Progress::new(false, || None)
        };
        let mut input = progress.reading(io::Cursor::new(vec![0; 1_000]));
        let mut all = Vec::new();
        input.read_to_end(&mut all).expect("read");
        input.rewind().expect("rewound");
        input.read_to_end(&mut all).expect("read");
        assert_eq!(progress.bar.position(), 1_000);
    }
}
