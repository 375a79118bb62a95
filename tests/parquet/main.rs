//! Parquet, by Apache's own library, which writes the files and reads them before and after. One program, as that library takes
//! long to build into each.
#![cfg(feature = "parquet")]

mod cells;
mod columns;
mod dictionaries;
mod outcome_columns;
mod outcomes;
mod outcomes_program;
mod program;
#[path = "../common/run.rs"]
mod run;
