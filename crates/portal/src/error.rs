//! Why a portal cannot start. What happens while it runs is answered as a page and logged.

use std::path::PathBuf;
use thidua_campaign::LoadError;
use thidua_server::ServerError;
use thidua_store::StoreError;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum PortalError {
    #[error("cannot read the campaign in {}", folder.display())]
    Campaign { folder: PathBuf, source: LoadError },
    #[error(
        "the definition that is kept of the campaign {campaign} is not valid for this program; apply a mended one: thidua campaign apply"
    )]
    Kept { campaign: String, source: LoadError },
    #[error("cannot unpack the definition into {}", folder.display())]
    Unpack { folder: PathBuf, source: std::io::Error },
    #[error("a defect ended it")]
    Defect,
    #[error("two folders hold the campaign {id}")]
    SameCampaign { id: String },
    #[error("no campaign is served; name at least one folder")]
    NoCampaign,
    #[error("cannot make the folder {}", folder.display())]
    Folder { folder: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Server(#[from] ServerError),
    #[error("the system gives no random bits")]
    Random,
}
