//! What can be wrong with a document or an archive: each a value of its own, so that whoever tells of it can do so in
//! another language.

/// What is wrong with a document that is not what its format says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentFault {
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
