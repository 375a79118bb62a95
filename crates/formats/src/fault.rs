//! What can be wrong with a document or an archive: each a value of its own, so that whoever tells of it can do so in
//! another language.

/// What is wrong with a document that is not what its format says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentFault {
    /// Nothing of the format that it begins as.
    #[error("it is not what its beginning says")]
    OtherFormat,
    /// More lines and marks than memory holds.
    #[error("it takes too much memory: so many lines and marks begin here")]
    TooMuch,
    /// A line of bytes of which some are no UTF-8.
    #[error("these bytes are no UTF-8")]
    NotUtf8,
    /// Arrays and objects lie in others too deep.
    #[error("it is nested too deep")]
    TooDeep,
    /// A number is too long to be held.
    #[error("a number is longer than 1 MiB")]
    LongNumber,
    /// A mark or a value where none can stand.
    #[error("this does not belong here")]
    Misplaced,
    /// The document ends in a string.
    #[error("a string does not end")]
    OpenString,
    /// The document ends in an array or object.
    #[error("it ends too early")]
    EndsEarly,
    /// A word that is no value.
    #[error("this is no value")]
    NoValue,
    /// A number lacks a digit.
    #[error("a digit is missing")]
    NoDigit,
    /// A number has a character that no number has.
    #[error("this does not belong to a number")]
    NotInNumber,
    /// A control character stands in a string.
    #[error("a control character must be escaped")]
    Control,
    /// A backslash begins nothing that is known.
    #[error("this is no escape sequence")]
    NoEscape,
    /// JSON, but not a notebook's.
    #[error("it is not read as a notebook of version 4")]
    NoNotebook,
    /// A table has none of the columns that are asked for.
    #[error("no column in its first row has the name that --field gives")]
    NoColumn,
}

#[cfg(feature = "serde")]
impl serde::Serialize for DocumentFault {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What is wrong with an archive that is cut off or damaged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveFault {
    /// In a Parquet file.
    #[error(transparent)]
    Parquet(#[from] ParquetFault),
    /// A web archive's record does not say how long it is.
    #[error("the record has no Content-Length")]
    NoContentLength,
    /// Something else stands where a web archive's record should begin.
    #[error("no record begins here")]
    NoRecord,
    /// A web archive's header goes on too long, or to the end of the file.
    #[error("the record's header has no end")]
    HeaderNoEnd,
    /// A web archive's header has a line without a name.
    #[error("a line of the record's header is no field")]
    NoField,
    /// A web archive's record is cut off.
    #[error("the record is shorter than its Content-Length")]
    ShortRecord,
    /// A TAR archive's header is missing or has another checksum.
    #[error("no header is here, or its checksum is wrong")]
    NoHeader,
    /// A TAR archive's attributes are followed by no member.
    #[error("a member is missing")]
    NoMember,
    /// A TAR archive ends in a header.
    #[error("a header is cut off")]
    HeaderCut,
    /// Another archive, or anything else, follows a TAR archive.
    #[error("something follows the archive's end; unpack it")]
    AfterEnd,
    /// A TAR archive's names or attributes are too long to be held.
    #[error("a member's names and attributes are too long")]
    LongAttributes,
    /// A TAR archive's attribute is in another form.
    #[error("an attribute is no \"length name=value\"")]
    BadAttribute,
    /// A TAR archive's size is no number.
    #[error("a size is no number")]
    NoSize,
    /// A TAR archive's size is larger than a file can be.
    #[error("a size is too large")]
    LargeSize,
    /// A TAR archive ends in a member.
    #[error("a member is cut off")]
    MemberCut,
    /// A TAR archive's map of a sparse file is cut off.
    #[error("a sparse file's map is cut off")]
    SparseCut,
    /// A TAR archive's map of a sparse file is too long to be held.
    #[error("a sparse file's map is too long")]
    SparseLong,
    /// A ZIP archive has no directory: most often its end is missing.
    #[error("it has no directory at its end")]
    NoDirectory,
    /// A ZIP archive's directory is cut off.
    #[error("its directory is cut off")]
    DirectoryCut,
    /// A ZIP archive's directory has an entry that is none, or leads nowhere.
    #[error("its directory is damaged")]
    BadDirectory,
    /// A ZIP archive's member is longer than there is room.
    #[error("a member reaches into the directory")]
    ReachesDirectory,
    /// A ZIP archive ends in a member's header.
    #[error("a member's header is cut off")]
    MemberHeaderCut,
    /// Something else stands where a ZIP archive's member should begin.
    #[error("no member begins here")]
    NoMemberHere,
    /// A ZIP archive's directory calls a member otherwise than its header.
    #[error("a member has another name here than in the directory")]
    OtherName,
}

/// What is wrong with a Parquet file that is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParquetFault {
    /// Its pages have not as many rows as its group.
    #[error("its pages have not as many rows as its group")]
    PageRows,
    /// Something stands behind its metadata.
    #[error("something stands behind its metadata")]
    BehindFooter,
    /// It is too short.
    #[error("it is too short")]
    TooShort,
    /// It does not end as such files do.
    #[error("it does not end as such files do")]
    NoEnd,
    /// Its footer is longer than the file.
    #[error("its footer is longer than the file")]
    LongFooter,
    /// It does not say how many rows it has.
    #[error("it does not say how many rows it has")]
    NoRows,
    /// A group of rows has not the schema's columns.
    #[error("a group of rows has not the schema's columns")]
    OtherColumns,
    /// It does not say where a column is.
    #[error("it does not say where a column is")]
    NoPlace,
    /// Its footer has two things in one place.
    #[error("its footer has two things in one place")]
    Overlap,
    /// Its schema is no tree of columns.
    #[error("its schema is no tree of columns")]
    NoTree,
    /// Its columns lie in each other too deep.
    #[error("its columns lie in each other too deep")]
    TooDeep,
    /// Its metadata has a value of no known kind.
    #[error("its metadata has a value of no known kind")]
    UnknownKind,
    /// Its metadata ends too early.
    #[error("its metadata ends too early")]
    MetadataCut,
    /// A page ends behind the last one of its column.
    #[error("a page ends behind the last one of its column")]
    PageBehind,
    /// A page's header lacks something.
    #[error("a page's header lacks something")]
    PageHeader,
    /// A page has another checksum than its header says.
    #[error("a page has another checksum than its header says")]
    PageChecksum,
    /// A page has another length than its header says.
    #[error("a page has another length than its header says")]
    PageLength,
    /// A page cannot be unpacked.
    #[error("a page cannot be unpacked")]
    PageUnpacking,
    /// Its pages have not as many values as its footer says.
    #[error("its pages have not as many values as its footer says")]
    PageValues,
    /// The levels of a page end too early.
    #[error("the levels of a page end too early")]
    Levels,
    /// A page has more values than levels.
    #[error("a page has more values than levels")]
    TooFewLevels,
    /// A level of a page is too deep.
    #[error("a level of a page is too deep")]
    DeepLevel,
    /// A run of numbers is empty.
    #[error("a run of numbers is empty")]
    EmptyRun,
    /// A run of numbers ends too early.
    #[error("a run of numbers ends too early")]
    RunCut,
    /// A block of lengths is none.
    #[error("a block of lengths is none")]
    LengthBlock,
    /// The lengths of strings do not fit them.
    #[error("the lengths of strings do not fit them")]
    Lengths,
    /// A string ends too early.
    #[error("a string ends too early")]
    StringCut,
    /// A string is named that the dictionary lacks.
    #[error("a string is named that the dictionary lacks")]
    NotInDictionary,
    /// A dictionary is there twice, or is none.
    #[error("a dictionary is there twice, or is none")]
    Dictionary,
}
