//! `--newer-than`: since when a file must have been changed.

use std::fs;
use std::time::SystemTime;

use super::told::{Told, told};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ZonedDateTime};

/// The time that the option names: so long ago, a date in local time, a time with an offset, or when a file was changed.
///
/// # Errors
/// It is none of these.
pub fn time(text: &str) -> Result<SystemTime, Told> {
    // A file of this name is what is meant.
    if let Ok(metadata) = fs::metadata(text) {
        return metadata.modified().map_err(|error| {
            told!(
                "--newer-than {text}: {error}",
                "--newer-than {text}：{error}",
                text = text;
                error
            )
        });
    }
    let ago = || -> Option<Timestamp> {
        let span: Span = text.parse().ok()?;
        Some(ZonedDateTime::now().checked_sub(span).ok()?.timestamp())
    };
    let date = || -> Option<Timestamp> {
        let date: DateTime = text.parse().ok()?;
        Some(date.to_zoned_datetime(TimeZone::system()).ok()?.timestamp())
    };
    // A time with an offset would pass for one without.
    let time = text.parse::<Timestamp>().ok().or_else(date).or_else(ago);
    time.and_then(|time| SystemTime::try_from(time).ok()).ok_or_else(|| {
        told!(
            "--newer-than {text}: neither a file nor a time; write 2d, 12h, 2026-11-25 or 2026-11-25T18:00",
            "--newer-than {text}：既不是文件也不是时间；请写成 2d、12h、2026-11-25 或 2026-11-25T18:00"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn times_are_told_in_many_ways() {
        let now = SystemTime::now();
        for (text, seconds) in [
            ("2d", 172_800),
            ("12h", 43_200),
            ("90min", 5_400),
            ("1 week", 604_800),
        ] {
            let ago = now.duration_since(time(text).expect(text)).expect("past");
            // Clocks may be set for summer in between.
            assert!(
                ago.abs_diff(Duration::from_secs(seconds)) <= Duration::from_secs(3_700),
                "{text}"
            );
        }
        let exact = time("2026-01-02T03:04:05Z").expect("a time");
        assert_eq!(
            exact
                .duration_since(SystemTime::UNIX_EPOCH)
                .expect("past")
                .as_secs(),
            1_767_323_045
        );
        assert!(time("2026-01-02").expect("a date") < time("2026-01-03T00:01").expect("a time"));
        assert!(time("yesterday or so").is_err());
    }
}
