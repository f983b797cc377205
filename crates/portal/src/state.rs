//! What all requests of the portal share.

use crate::books::Books;
use crate::error::PortalError;
use crate::secrets::Passwords;
use crate::serve::PortalOptions;
use crate::site::Site;
use arc_swap::ArcSwap;
use governor::clock::DefaultClock;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use thidua_sheets::ReaderCommand;
use thidua_store::Store;
use tokio::sync::Notify;

/// Counts what each account sends; of this server alone.
pub(crate) type Uploads = RateLimiter<String, HashMapStateStore<String>, DefaultClock>;

/// Campaigns by id.
pub(crate) type Sites = BTreeMap<String, Arc<Site>>;

pub(crate) struct Portal {
    pub(crate) store: Store,
    /// Replaced as a whole when a changed definition is applied; asked through [`Portal::sites`].
    sites: ArcSwap<Sites>,
    pub(crate) passwords: Passwords,
    /// The program that reads workbooks in child processes; `None` reads them in this process.
    pub(crate) reader: Option<ReaderCommand>,
    /// Releases are written below it, and work in progress.
    pub(crate) data: PathBuf,
    /// Releases whose figures pages show.
    pub(crate) books: Books,
    /// Told when there is a new job, so that nobody waits for the next look.
    pub(crate) work: Notify,
    /// Told when a job ended.
    pub(crate) done: Notify,
    /// Most bytes of one file.
    pub(crate) file_bytes: usize,
    /// How often each account sends files.
    pub(crate) uploads: Uploads,
    /// How to reach the operator, for those who cannot sign in.
    pub(crate) contact: String,
    /// Proxies in front of this server.
    pub(crate) proxies: Vec<IpAddr>,
}

pub(crate) type Shared = Arc<Portal>;

impl Portal {
    pub(crate) fn new(options: &PortalOptions, store: Store) -> Result<Self, PortalError> {
        let mut sites = BTreeMap::new();
        for folder in &options.campaigns {
            let site = Site::load(folder)?;
            if let Some(other) = sites.insert(site.id().to_owned(), Arc::new(site)) {
                return Err(PortalError::SameCampaign { id: other.id().to_owned() });
            }
        }
        if sites.is_empty() {
            return Err(PortalError::NoCampaign);
        }
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            store,
            sites: ArcSwap::from_pointee(sites),
            passwords: Passwords::new(processors),
            reader: options.reader.clone(),
            data: options.data.clone(),
            books: Books::default(),
            work: Notify::new(),
            done: Notify::new(),
            file_bytes: options.file_bytes,
            uploads: RateLimiter::hashmap(Quota::per_minute(options.upload_rate)),
            contact: options.contact.clone(),
            proxies: options.proxies.clone(),
        })
    }

    /// The campaigns as they are now. Who asks twice may be told two things: a request asks once and
    /// keeps the answer (`Visitor::sites`), and so does a job.
    pub(crate) fn sites(&self) -> Arc<Sites> {
        self.sites.load_full()
    }

    /// A campaign as it is now.
    pub(crate) fn site(&self, id: &str) -> Option<Arc<Site>> {
        self.sites.load().get(id).cloned()
    }

    /// Puts a changed campaign in the place of the one of its id; requests under way keep that one.
    pub(crate) fn replace(&self, site: Arc<Site>) {
        self.sites.rcu(|sites| {
            let mut sites = Sites::clone(sites);
            sites.insert(site.id().to_owned(), Arc::clone(&site));
            sites
        });
    }

    /// Where releases of a campaign are written.
    pub(crate) fn releases(&self, site: &Site) -> PathBuf {
        self.data.join("releases").join(site.id())
    }
}
