//! Outcomes as Python has them: the named tuples of `jianti._types`.

use jianti::{MemberCounts, Outcome, RecordError, RecordOutcome};
use pyo3::IntoPyObjectExt;
use pyo3::call::PyCallArgs;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple, PyType};

/// A type of `jianti._types`, looked up once.
pub struct Type {
    name: &'static str,
    found: PyOnceLock<Py<PyType>>,
}

static OUTCOME: Type = Type::new("Outcome");
static MEMBERS: Type = Type::new("Members");
static RECORD_ERROR: Type = Type::new("RecordError");
static RECORD_OUTCOME: Type = Type::new("RecordOutcome");

impl Type {
    /// The type with this name.
    pub const fn new(name: &'static str) -> Type {
        Type {
            name,
            found: PyOnceLock::new(),
        }
    }

    /// An object of it with these fields.
    ///
    /// # Errors
    /// Python's own.
    pub fn make<'py>(
        &self,
        py: Python<'py>,
        fields: impl PyCallArgs<'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let found = self.found.import(py, "jianti._types", self.name)?;
        found.call1(fields)
    }
}

/// What came of a document.
///
/// # Errors
/// Python's own.
pub fn python<'py>(py: Python<'py>, outcome: &Outcome) -> PyResult<Bound<'py, PyAny>> {
    let repairs = PyDict::new(py);
    for (rule, count) in &outcome.repairs.repaired {
        repairs.set_item(rule, count)?;
    }
    let outside = match outcome.outside.is_empty() {
        true => None,
        false => Some(outcome.outside.characters.clone()),
    };
    let errors = outcome.record_errors.iter().map(|error| bad(py, error));
    let records = outcome.records.iter().map(|record| one(py, record));
    let fields: [Bound<'py, PyAny>; 20] = [
        any(py, outcome.format.name())?,
        any(py, outcome.compression.map(|kind| kind.name()))?,
        match &outcome.members {
            Some(counts) => members(py, counts)?,
            None => py.None().into_bound(py),
        },
        any(py, outcome.encoding.name())?,
        any(py, outcome.evidence.name())?,
        any(py, outcome.language.name())?,
        any(py, outcome.script.name())?,
        any(py, outcome.bytes_in)?,
        any(py, outcome.bytes_out)?,
        any(py, outcome.changed)?,
        repairs.into_any(),
        any(py, outcome.repairs.open)?,
        any(py, outcome.repairs.lost)?,
        any(py, outcome.doubtful)?,
        any(py, outside)?,
        any(py, outcome.replaced)?,
        any(py, outcome.unknown_syntax)?,
        any(py, outcome.bad_records)?,
        PyTuple::new(py, errors.collect::<PyResult<Vec<_>>>()?)?.into_any(),
        PyTuple::new(py, records.collect::<PyResult<Vec<_>>>()?)?.into_any(),
    ];
    OUTCOME.make(py, PyTuple::new(py, fields)?)
}

fn any<'py, T: IntoPyObjectExt<'py>>(py: Python<'py>, value: T) -> PyResult<Bound<'py, PyAny>> {
    value.into_bound_py_any(py)
}

fn members<'py>(py: Python<'py>, counts: &MemberCounts) -> PyResult<Bound<'py, PyAny>> {
    let fields = (
        counts.changed,
        counts.unchanged,
        counts.binary,
        counts.unread,
        counts.unsupported.clone(),
    );
    MEMBERS.make(py, fields)
}

fn bad<'py>(py: Python<'py>, error: &RecordError) -> PyResult<Bound<'py, PyAny>> {
    let fields = (
        &error.member,
        error.line,
        error.column,
        error.cause.to_string(),
    );
    RECORD_ERROR.make(py, fields)
}

fn one<'py>(py: Python<'py>, record: &RecordOutcome) -> PyResult<Bound<'py, PyAny>> {
    let error = record.error.as_ref().map(|error| bad(py, error));
    let fields = (
        &record.member,
        record.line,
        &record.id,
        record.language.name(),
        record.script.name(),
        record.changed,
        record.repaired,
        record.open,
        record.doubtful,
        error.transpose()?,
    );
    RECORD_OUTCOME.make(py, fields)
}
