//! Questions about releases, on the sample of Đắk Lắk 2014 and on invented provinces: thawing,
//! what-ifs, comparing, verifying.

mod compare;
mod place;
mod redefine;
mod split;
mod thaw;
mod units_as_of;
mod verify;
mod what_if;
mod world;
