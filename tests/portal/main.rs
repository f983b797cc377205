//! `thidua serve --campaign … --data …` as its users start it: the binary, asked over HTTP, stopped
//! and killed.

mod chromium;
mod client;
mod command;
mod definitions;
mod figures;
mod killed;
mod runs;
mod store;
mod walked;
