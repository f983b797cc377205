//! The pages of the portal: what a clerk, a superior union, the board, an analyst and the operator see.
//!
//! In:  view models, plain structs of this crate that a handler fills, and a [`Frame`] that says who
//!      reads in which language.
//! Out: HTML as text, and the embedded style sheet, script and icon ([`assets`]).
//!
//! Not here: HTTP, sessions and permissions (`portal`), what is stored (`store`). No page reads a
//! file or a clock; times are arguments. Addresses of pages and forms stand in [`routes`] alone.
//!
//! # What always holds
//!
//! - `Content-Security-Policy: default-src 'self'`: no inline script or style, no other host.
//! - Every form works without the script and carries the token of [`Frame::csrf`] as [`routes::CSRF`].
//! - No sentence stands in a template; all words stand in `words`, in both languages.
//!
//! ```
//! use thidua_pages::{Frame, Lang, View, sign_in::SignIn};
//! let frame = Frame::signed_out(Lang::Vi, "LĐLĐ tỉnh Đắk Lắk", "/sign-in", "token");
//! let html = SignIn::default().render(&frame);
//! assert!(html.contains("Đăng nhập"));
//! ```

pub mod accounts;
pub mod assets;
pub mod attachments;
pub mod awards;
pub mod board;
pub mod chart;
pub mod department;
pub mod errors;
pub mod frame;
pub mod history;
pub mod jobs;
pub mod objections;
pub mod operator;
pub mod paging;
pub mod password;
pub mod place;
pub mod releases;
pub mod routes;
pub mod shown;
pub mod sign_in;
pub mod superior;
pub mod testing;
pub mod tokens;
pub mod tracking;
pub mod unit_home;
pub mod upload;
pub mod upload_result;

/// What handlers say themselves: one catalogue, both languages.
pub mod said {
    pub use crate::words::said::*;
}

mod nav;
mod view;
mod words;

pub use frame::{Campaign, Flash, Frame, Role, UnitRef, User};
pub use shown::{Choice, Figure, Tone};
pub use thidua_model::issue::{Lang, Severity};
pub use thidua_model::words::{Reconciled, ReportStatus, Verdict};
pub use thidua_model::{Date, DateTime, SubmissionStatus};
pub use view::View;
pub use words::Say;
