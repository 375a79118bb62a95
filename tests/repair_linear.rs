//! Damage made to be slow: the work grows in proportion to the text, not to its square. Work is measured in bytes that
//! the repair asks the allocator for, which are the same in every run.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use jianti::repair::{Findings, Repairer};

/// The system's allocator, which counts what each thread asks for.
struct Counting;

thread_local! {
    static ASKED: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call goes to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = ASKED.try_with(|asked| asked.set(asked.get() + layout.size()));
        // SAFETY: the caller keeps the allocator's promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the allocator's promises.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn asked(piece: &str, length: usize) -> usize {
    let text = piece.repeat(length / piece.len());
    let before = ASKED.get();
    Repairer::default().repair(&text, &mut Findings::new(true));
    ASKED.get() - before
}

#[test]
fn work_grows_with_the_text() {
    asked("會(huì)", 1 << 10); // tables that are made once
    for (piece, length) in [
        // Bytes: more than a line is looked at in one piece, or as much as is soon done.
        ("?(", 1 << 18),
        ("?！", 1 << 16),
        ("會(huì)", 1 << 18),
        ("?;庑旁L", 1 << 11),
        ("?xùn)|", 1 << 11),
        ("?;庑旁L會(huì)⽂中", 1 << 11),
        ("庑旁諡懊總", 1 << 16),
        ("?，F", 1 << 11),
        ("&amp;", 1 << 16),
        ("&amp;#21271;", 1 << 16),
        ("？？", 1 << 16),
        ("鍥句功棣", 1 << 16),
        ("中\u{200B}", 1 << 16),
    ] {
        let (short, long) = (asked(piece, length), asked(piece, 4 * length));
        println!("{piece}: {length} bytes ask for {short}, four times as many for {long}");
        assert!(long <= 6 * short.max(1 << 12), "{piece}: {short}, {long}");
    }
}
