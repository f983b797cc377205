//! Bounds that no honest query comes near and that therefore are not settings: each closes a way to
//! make the parser, the validation or the executor do more work than the text is long.

/// Objects and lists inside each other in the variables. JSON readers stop at 128.
pub const VARIABLE_DEPTH: u64 = 64;
/// Values of all arguments with the variables put in; a text weighs one more per 64 bytes. Also the
/// most values that the variables may hold.
pub const INPUT_UNITS: u64 = 10_000;
/// Selection sets inside each other, fragments included; the executor refuses at 32 by itself.
pub const NESTING: u64 = 32;
/// Bytes of one name.
pub const NAME: u64 = 256;
/// Fields that no type of the schema has: for each of them the validation compares all names of its
/// type letter by letter, to suggest one.
pub const UNKNOWN_FIELDS: u64 = 20;
pub const OPERATIONS: u64 = 50;
pub const FRAGMENTS: u64 = 250;
/// Variables declared by one operation.
pub const VARIABLES: u64 = 100;
/// Arguments of one field or directive: the validation compares them pair by pair.
pub const ARGUMENTS: u64 = 50;
/// Directives at one place.
pub const DIRECTIVES_AT_ONE_PLACE: u64 = 8;
/// Directives of the whole document.
pub const DIRECTIVES: u64 = 200;
/// The validation starts at each operation and each fragment and follows what it spreads: together
/// they may be this many times as large as one operation.
pub const VALIDATION_FACTOR: u64 = 5;
/// Values of the schema's description, counted apart from data.
pub const INTROSPECTION_COST: u64 = 500_000;
