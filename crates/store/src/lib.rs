//! Everything the portal keeps, on SQLite or PostgreSQL through one schema.
//!
//! In:  an address (`sqlite:///folder/file.db` or `postgres://…`); what people and jobs do, each
//!      change with an [`Actor`] who does it from where and when.
//! Out: what was kept, and errors that say what to do about them.
//!
//! Not here: HTTP, passwords (their hashes come in as text), a clock (times come in as microseconds
//! since the epoch), what a campaign is (units, periods, forms and fields are text), who may do
//! what.
//!
//! What is kept is reached through one small type for each kind of thing:
//!
//! ```text
//! store.accounts()     store.uploads()      store.corrections()   store.jobs()
//! store.sessions()     store.readings()     store.extensions()    store.releases()
//! store.tokens()       store.versions()     store.attachments()   store.definitions()
//! store.throttle()     store.states()       store.objections()    store.audit()
//! store.blobs()        store.reviews()
//! ```
//!
//! and the whole of it through `store.backup(…)`, `store.export(…)`, `store.restore(…)` and
//! `store.export_unit(…)`.
//!
//! ```
//! # use thidua_store::{Actor, NewUpload, Options, Store, StoreError};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("thidua.db");
//! let store = Store::open_file(&path, &Options::default()).await?;
//! let file = NewUpload {
//!     campaign: "dak-lak-2014",
//!     unit: "cdcs-017",
//!     period: Some("dot-1"),
//!     file_name: "Báo cáo đợt 1.xlsx",
//!     came_in: None,
//!     is_on_behalf: false,
//!     bytes: b"what the clerk sent",
//!     then: Some("read"),
//! };
//! let upload = store.uploads().receive(&file, &Actor::system(1_402_000_000_000_000)).await?;
//! assert_eq!(store.uploads().bytes(&upload.id).await?, b"what the clerk sent");
//! # Ok(())
//! # }
//! ```
//!
//! Every change writes its own line of the audit log in the same transaction. A call that returns
//! has made its change durable; a call that is dropped half way, or whose process is killed, has
//! changed nothing.

mod accounts;
mod archive;
mod attachments;
mod audit;
mod backend;
mod backup;
mod blobs;
mod change;
mod corrections;
mod definitions;
mod error;
mod export;
mod extensions;
mod jobs;
mod latest;
mod objections;
mod open;
mod random;
mod readings;
mod releases;
mod restore;
mod reviews;
mod schema;
mod sessions;
mod sql;
mod tables;
mod throttle;
mod tokens;
mod uploads;
mod versions;
mod words;

pub use accounts::{Account, AccountEdit, AccountFilter, Accounts, NewAccount};
pub use attachments::{Attachment, Attachments, NewAttachment};
pub use audit::{Audit, AuditFilter, AuditLine};
pub use backend::Backend;
pub use blobs::{BlobReader, Blobs, CHUNK, digest_of};
pub use change::{Actor, Line};
pub use corrections::{Correction, Corrections, NewCorrection, Withdrawal};
pub use definitions::{Definition, Definitions, NewDefinition};
pub use error::{Cause, Result, StoreError};
pub use export::Moved;
pub use extensions::{Extension, Extensions, NewExtension};
pub use jobs::{Job, Jobs, Lease, NewJob, Progress};
pub use latest::{Attempt, State, States};
pub use objections::{NewObjection, Objection, ObjectionFilter, Objections, Reply, Target};
pub use open::Options;
pub use readings::{Fact, FirstUsable, NewReading, NewSubmission, Reading, Readings, Submission};
pub use releases::{KeptRelease, NewRelease, Publication, ReleaseFile, Releases};
pub use reviews::{NewReview, Review, Reviews};
pub use schema::NEWEST_SCHEMA;
pub use sessions::Sessions;
pub use throttle::{Hits, Throttle};
pub use tokens::{NewToken, Token, Tokens};
pub use uploads::{NewUpload, Upload, UploadFilter, Uploads};
pub use versions::{Version, Versions};
pub use words::{
    AccountId, AccountState, AttachmentId, AttachmentKind, CorrectionId, Decision, Hashed, JobId, JobState,
    ObjectionId, ObjectionKind, ObjectionState, ReadingId, ReviewState, Role, Status, SubmissionId, TokenId, Units,
    UploadId,
};

use std::fmt;
use std::sync::Arc;

/// An open database. Cheap to clone; all clones share its connections.
#[derive(Clone)]
pub struct Store {
    inner: Arc<open::Inner>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("place", &self.place()).finish_non_exhaustive()
    }
}

impl Store {
    /// Who may come in.
    pub fn accounts(&self) -> Accounts<'_> {
        Accounts(self)
    }

    /// Who is logged in.
    pub fn sessions(&self) -> Sessions<'_> {
        Sessions(self)
    }

    /// For programs that read figures.
    pub fn tokens(&self) -> Tokens<'_> {
        Tokens(self)
    }

    /// Counters of what may not happen too often.
    pub fn throttle(&self) -> Throttle<'_> {
        Throttle(self)
    }

    /// Bytes by digest.
    pub fn blobs(&self) -> Blobs<'_> {
        Blobs(self)
    }

    /// Files as they came.
    pub fn uploads(&self) -> Uploads<'_> {
        Uploads(self)
    }

    /// What was made of them.
    pub fn readings(&self) -> Readings<'_> {
        Readings(self)
    }

    /// The history of a unit and period.
    pub fn versions(&self) -> Versions<'_> {
        Versions(self)
    }

    /// Where everything stands now.
    pub fn states(&self) -> States<'_> {
        States(self)
    }

    /// Approvals and returns.
    pub fn reviews(&self) -> Reviews<'_> {
        Reviews(self)
    }

    /// Corrections of facts.
    pub fn corrections(&self) -> Corrections<'_> {
        Corrections(self)
    }

    /// Deadlines moved for one unit.
    pub fn extensions(&self) -> Extensions<'_> {
        Extensions(self)
    }

    /// Plans, minutes, evidence, scans.
    pub fn attachments(&self) -> Attachments<'_> {
        Attachments(self)
    }

    /// Questions and objections with their replies.
    pub fn objections(&self) -> Objections<'_> {
        Objections(self)
    }

    /// Releases and which of them is current.
    pub fn releases(&self) -> Releases<'_> {
        Releases(self)
    }

    /// Campaign definitions that were applied.
    pub fn definitions(&self) -> Definitions<'_> {
        Definitions(self)
    }

    /// Work apart from requests.
    pub fn jobs(&self) -> Jobs<'_> {
        Jobs(self)
    }

    /// Who did what.
    pub fn audit(&self) -> Audit<'_> {
        Audit(self)
    }
}
