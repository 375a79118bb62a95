//! The engine and the pipeline in memory, beside its peers and the machine's limits, as Markdown tables.
//!
//!     eval "$(scripts/install_reference.sh)"; python3 scripts/fetch_texts.py .cache/texts
//!     cargo bench --manifest-path benches/Cargo.toml [-- [--quick] [WORD…]]
//!
//! With words, only the tables whose title holds one of them are made.

mod measure;

use std::time::Duration;

use ferrous_opencc::config::BuiltinConfig;
use jianti::{Config, Reference};
use jianti::{Normalizer, Options, Punctuation, Repair};
use measure::{Contender, measure, table};

const REFERENCE: &str = "opencc-rust";
const MEMCPY: &str = "memcpy";
const MIB: usize = 1 << 20;

fn main() {
    let bench = Bench::from_arguments();
    let dense = Text::read("news-traditional.txt");
    let taiwan = Text::read("manual-tw.txt");
    let simplified = Text::read("news.txt").converted();
    for size in [MIB, 8 * MIB] {
        bench.conversion(
            "t2s, newspaper in traditional script",
            &dense,
            size,
            Config::T2s,
        );
    }
    bench.conversion("t2s, manuals of Taiwan", &taiwan, MIB, Config::T2s);
    for size in [MIB, 8 * MIB] {
        bench.conversion(
            "t2s, simplified newspaper, nothing to change",
            &simplified,
            size,
            Config::T2s,
        );
    }
    bench.conversion("t2s, documents of 1 KiB", &dense, 1 << 10, Config::T2s);
    for config in &Config::ALL[1..] {
        bench.conversion(
            &format!("{config}, newspaper in traditional script"),
            &dense,
            MIB,
            *config,
        );
        bench.conversion(
            &format!("{config}, manuals of Taiwan"),
            &taiwan,
            MIB,
            *config,
        );
    }
    bench.pipeline("pipeline, newspaper in traditional script", &dense, MIB);
    bench.pipeline("pipeline, manuals of Taiwan", &taiwan, MIB);
    bench.repair("repair of newspaper without damage", &dense);
    bench.repair("repair of manuals without damage", &taiwan);
    bench.legacy("pipeline, GBK", &dense, encoding_rs::GBK);
    bench.legacy("pipeline, Big5", &dense, encoding_rs::BIG5);
}

struct Text(String);

impl Text {
    fn read(name: &str) -> Text {
        let path = format!("{}/../.cache/texts/{name}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path);
        Text(text.unwrap_or_else(|error| {
            panic!("{path}: {error}; scripts/fetch_texts.py .cache/texts fetches the texts")
        }))
    }

    /// The same in simplified script.
    fn converted(&self) -> Text {
        Text(
            jianti::converter(Config::T2s, false, &[])
                .convert(&self.0)
                .into_owned(),
        )
    }

    /// About this many bytes of it, repeated where it is too short.
    fn slice(&self, size: usize) -> String {
        let mut text = self.0.repeat(size.div_ceil(self.0.len()));
        let mut end = size;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        text
    }
}

struct Bench {
    rounds: usize,
    least: Duration,
    words: Vec<String>,
}

impl Bench {
    fn from_arguments() -> Bench {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let quick = arguments.iter().any(|argument| argument == "--quick");
        let words = arguments.into_iter().filter(|word| !word.starts_with("--"));
        Bench {
            rounds: if quick { 7 } else { 21 },
            least: Duration::from_millis(if quick { 5 } else { 20 }),
            words: words.collect(),
        }
    }

    fn wants(&self, title: &str) -> bool {
        self.words.is_empty() || self.words.iter().any(|word| title.contains(word))
    }

    /// The engine and its peers in one configuration.
    fn conversion(&self, title: &str, text: &Text, size: usize, config: Config) {
        let title = format!("{title}, {}", size_name(size));
        if !self.wants(&title) {
            return;
        }
        let text = text.slice(size);
        let text = text.as_str();
        let ours = jianti::converter(config, false, &[]);
        let reference = Reference::new(config, false).expect("the reference loads");
        assert!(
            ours.convert(text) == reference.convert(text).expect("converts"),
            "{title}"
        );
        let fmmseg = opencc_fmmseg::OpenCC::new();
        let ferrous = ferrous_opencc::OpenCC::from_config(ferrous_config(config)).expect("loads");
        let mut buffer = String::with_capacity(text.len() * 2);
        let mut copy = vec![0_u8; text.len()];
        let mut contenders = vec![
            Contender::new("jianti, into a buffer", || {
                buffer.clear();
                ours.append(text, true, &mut buffer);
                buffer.len()
            }),
            Contender::new("jianti, new string", || ours.convert(text).len()),
            Contender::new(REFERENCE, || reference.convert(text).map(|text| text.len())),
            Contender::new("opencc-fmmseg", || match config {
                Config::T2s => fmmseg.t2s(text, false),
                Config::Tw2s => fmmseg.tw2s(text, false),
                Config::Tw2sp => fmmseg.tw2sp(text, false),
                Config::Hk2s => fmmseg.hk2s(text, false),
                Config::Hk2sp => fmmseg.hk2sp(text, false),
                Config::Auto => unreachable!("the peers have no such thing"),
            }),
            Contender::new("ferrous-opencc", || ferrous.convert(text).len()),
            Contender::new(MEMCPY, || {
                copy.copy_from_slice(text.as_bytes());
                copy[copy.len() / 2]
            }),
            Contender::new("memcpy, new string", || text.to_owned()),
            Contender::new("simdutf8 validation", || {
                simdutf8::basic::from_utf8(text.as_bytes()).map(str::len)
            }),
        ];
        measure(&mut contenders, self.rounds, self.least);
        table(&title, text.len(), &contenders, &[REFERENCE, MEMCPY]);
    }

    /// The whole default pipeline beside the engine alone.
    fn pipeline(&self, title: &str, text: &Text, size: usize) {
        if !self.wants(title) {
            return;
        }
        let text = text.slice(size);
        let bytes = text.as_bytes();
        let engine = jianti::converter(Config::T2s, false, &[]);
        let normalizer = Normalizer::new(Options::default()).expect("loads");
        let mut contenders = vec![
            Contender::new("pipeline", || {
                normalizer.normalize(bytes).map(|(bytes, _)| bytes.len())
            }),
            Contender::new("pipeline as a stream", || {
                let mut output = Vec::with_capacity(bytes.len());
                normalizer
                    .normalize_stream(&mut &bytes[..], &mut output)
                    .map(|_| output.len())
            }),
            Contender::new("t2s alone", || engine.convert(&text).len()),
        ];
        measure(&mut contenders, self.rounds, self.least);
        table(title, bytes.len(), &contenders, &["t2s alone"]);
    }

    /// The pipeline on text without damage, with and without the look for damage.
    fn repair(&self, title: &str, text: &Text) {
        if !self.wants(title) {
            return;
        }
        let text = text.slice(MIB);
        let bytes = text.as_bytes();
        let keep = Options::default().with(|options| {
            options.config = Config::T2s;
            options.punctuation = Punctuation::Keep;
        });
        for (name, options) in [("default", Options::default()), ("t2s, marks kept", keep)] {
            let on = Normalizer::new(options.clone()).expect("loads");
            let off = Normalizer::new(options.with(|options| options.repair = Repair::Off));
            let off = off.expect("loads");
            let mut contenders = vec![
                Contender::new("repair", || {
                    on.normalize(bytes).map(|(bytes, _)| bytes.len())
                }),
                Contender::new("without", || {
                    off.normalize(bytes).map(|(bytes, _)| bytes.len())
                }),
            ];
            measure(&mut contenders, self.rounds, self.least);
            table(
                &format!("{title}, {name}"),
                bytes.len(),
                &contenders,
                &["without"],
            );
        }
    }

    /// The whole default pipeline on a legacy encoding, beside encoding_rs's decoder alone.
    fn legacy(&self, title: &str, text: &Text, encoding: &'static encoding_rs::Encoding) {
        if !self.wants(title) {
            return;
        }
        let text = text.slice(MIB);
        let (bytes, _, _) = encoding.encode(&text);
        let bytes = &bytes[..];
        let normalizer = Normalizer::new(Options::default()).expect("loads");
        let mut contenders = vec![
            Contender::new("pipeline", || {
                normalizer.normalize(bytes).map(|(bytes, _)| bytes.len())
            }),
            Contender::new("encoding_rs decoding", || encoding.decode(bytes).0.len()),
        ];
        measure(&mut contenders, self.rounds, self.least);
        table(title, bytes.len(), &contenders, &["encoding_rs decoding"]);
    }
}

fn size_name(size: usize) -> String {
    if size < MIB {
        format!("{} KiB", size >> 10)
    } else {
        format!("{} MiB", size >> 20)
    }
}

fn ferrous_config(config: Config) -> BuiltinConfig {
    match config {
        Config::T2s => BuiltinConfig::T2s,
        Config::Tw2s => BuiltinConfig::Tw2s,
        Config::Tw2sp => BuiltinConfig::Tw2sp,
        Config::Hk2s => BuiltinConfig::Hk2s,
        Config::Hk2sp => BuiltinConfig::Hk2s,
        Config::Auto => unreachable!("the peers have no such thing"),
    }
}
