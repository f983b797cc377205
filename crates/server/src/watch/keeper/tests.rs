//! Which releases are open, listed and told as broken, with releases on the disk and a way of
//! opening that can be made to fail.

use super::*;
use crate::testing::{Out, copy_folder};
use std::path::Path;
use std::sync::{Mutex, Weak};

/// What opening a release gives here: its id, to see which one it is.
type Opened = String;

struct Watched {
    keeper: Keeper<Opened>,
    /// Ids that do not open.
    broken: Arc<Mutex<BTreeSet<String>>>,
    now: Instant,
    shown: Vec<Shown<Opened>>,
}

impl Watched {
    fn new(folders: &[&Path], keep: usize, include_unpublished: bool) -> Self {
        let broken = Arc::new(Mutex::new(BTreeSet::new()));
        let cannot = Arc::clone(&broken);
        let open = move |stored: &Stored, _| match cannot.lock().unwrap().contains(&stored.manifest.id) {
            true => Err("it does not open".to_owned()),
            false => Ok(stored.manifest.id.clone()),
        };
        let folders = folders.iter().map(|path| Folder::new(path.to_path_buf())).collect();
        let keeper = Keeper::new(folders, keep, include_unpublished, Box::new(open));
        Self { keeper, broken, now: Instant::now(), shown: Vec::new() }
    }

    /// Looks once; gives how often something new was shown.
    fn look(&mut self) -> usize {
        let before = self.shown.len();
        self.keeper.look(self.now, &mut |shown| self.shown.push(shown));
        self.shown.len() - before
    }

    fn later(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
    }

    fn last(&self) -> &Shown<Opened> {
        self.shown.last().expect("something was shown")
    }

    /// Ids in order: `*` current, `+` open, `-` listed.
    fn told(&self, ids: &[&str]) -> String {
        let one = |it: &Known<Opened>| {
            let name =
                ids.iter().position(|id| *id == it.stored.manifest.id).map_or("?".to_owned(), |at| at.to_string());
            let sign = if it.is_current {
                '*'
            } else if it.shelf.is_some() {
                '+'
            } else {
                '-'
            };
            format!("{name}{sign}")
        };
        self.last().releases.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    fn troubles(&self) -> Vec<&str> {
        self.last().troubles.iter().map(|it| it.problem.as_str()).collect()
    }

    fn shelf(&self, id: &str) -> Weak<Opened> {
        let known = self.last().releases.iter().find(|it| it.stored.manifest.id == id).expect("known");
        Arc::downgrade(known.shelf.as_ref().expect("open"))
    }
}

#[test]
fn the_newest_are_open_and_older_ones_are_listed() {
    let out = Out::new();
    let ids: Vec<String> = (1..=4).map(|day| out.published(100 + day as u32, day)).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    for (keep, told) in [(1, "3* 2- 1- 0-"), (2, "3* 2+ 1- 0-"), (9, "3* 2+ 1+ 0+"), (0, "3* 2- 1- 0-")] {
        let mut watched = Watched::new(&[out.path()], keep, false);
        watched.look();
        assert_eq!(watched.told(&ids), told, "keep {keep}");
        assert_eq!(watched.look(), 0, "nothing changed");
    }
}

#[test]
fn a_new_release_takes_the_place_of_the_old_one_and_what_is_open_stays_open() {
    let out = Out::new();
    let first = out.published(101, 1);
    let second = out.published(102, 2);
    let mut watched = Watched::new(&[out.path()], 2, false);
    watched.look();
    let (of_first, of_second) = (watched.shelf(&first), watched.shelf(&second));

    let third = out.make(103, 3);
    watched.look();
    assert_eq!(watched.told(&[&first, &second]), "1* 0+", "made is not published");
    out.publish(&third, 3);
    watched.look();
    let ids = [first.as_str(), &second, &third];
    assert_eq!(watched.told(&ids), "2* 1+ 0-");
    assert!(std::ptr::eq(of_second.as_ptr(), watched.shelf(&second).as_ptr()), "it was not opened again");

    // Going back to an older one is publishing it again.
    out.publish(&first, 4);
    watched.look();
    assert_eq!(watched.told(&ids), "0* 2+ 1-");
    watched.shown.clear();
    assert!(of_second.upgrade().is_none(), "what is no longer kept is given back");
    assert!(of_first.upgrade().is_none());
}

#[test]
fn the_current_release_is_shown_before_older_ones_are_opened() {
    let out = Out::new();
    let ids: Vec<String> = (1..=3).map(|day| out.published(100 + day as u32, day)).collect();
    let mut watched = Watched::new(&[out.path()], 3, false);
    watched.look();
    let first = &watched.shown[0];
    let open: Vec<_> = first.releases.iter().filter(|it| it.shelf.is_some()).map(|it| &it.stored.manifest.id).collect();
    assert_eq!(open, [&ids[2]]);
}

#[test]
fn unpublished_releases_count_when_they_are_asked_for() {
    let out = Out::new();
    let first = out.published(101, 1);
    let second = out.make(102, 2);
    let ids = [first.as_str(), &second];
    for (include_unpublished, told) in [(false, "0*"), (true, "1* 0+")] {
        let mut watched = Watched::new(&[out.path()], 3, include_unpublished);
        watched.look();
        assert_eq!(watched.told(&ids), told);
    }
}

#[test]
fn a_release_that_does_not_open_leaves_the_old_one_in_place() {
    let out = Out::new();
    let first = out.published(101, 1);
    let mut watched = Watched::new(&[out.path()], 1, false);
    watched.look();
    let second = out.published(102, 2);
    let ids = [first.as_str(), &second];
    watched.broken.lock().unwrap().insert(second.clone());
    watched.look();
    assert_eq!((watched.told(&ids).as_str(), watched.troubles()), ("0*", vec!["it does not open"]));
    assert_eq!(watched.look(), 0, "it is left alone for a while");
    watched.later(2);
    watched.look();
    assert_eq!(watched.troubles(), ["it does not open"]);
    assert_eq!(watched.look(), 0, "and then for longer");
    watched.broken.lock().unwrap().clear();
    watched.later(60);
    watched.look();
    assert_eq!((watched.told(&ids).as_str(), watched.troubles()), ("1* 0-", vec![]));
    assert_eq!(watched.last().failed + watched.shown.iter().rev().skip(1).map(|it| it.failed).sum::<u64>(), 2);
}

#[test]
fn a_sound_release_is_served_although_the_newest_never_opened() {
    let out = Out::new();
    let ids: Vec<String> = (1..=3).map(|day| out.published(100 + day as u32, day)).collect();
    std::fs::write(out.path().join(&ids[2]).join("manifest.json"), "{").unwrap();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut watched = Watched::new(&[out.path()], 1, false);
    watched.broken.lock().unwrap().insert(ids[1].to_owned());
    watched.look();
    assert_eq!(watched.told(&ids), "0*");
    assert_eq!(watched.last().troubles.len(), 2, "{:?}", watched.last().troubles);
}

#[test]
fn a_damaged_journal_leaves_what_was_served() {
    let out = Out::new();
    let first = out.published(101, 1);
    let mut watched = Watched::new(&[out.path()], 1, false);
    watched.look();
    let journal = out.path().join("journal.jsonl");
    let sound = std::fs::read_to_string(&journal).unwrap();
    std::fs::write(&journal, format!("{sound}damaged\n")).unwrap();
    assert_eq!(watched.look(), 1);
    assert_eq!(watched.told(&[&first]), "0*");
    assert!(watched.troubles()[0].contains("journal.jsonl:3"), "{:?}", watched.troubles());
    std::fs::remove_file(&journal).unwrap();
    watched.look();
    assert_eq!((watched.told(&[&first]).as_str(), watched.troubles().len()), ("0*", 1));
    std::fs::write(&journal, sound).unwrap();
    watched.look();
    assert_eq!((watched.told(&[&first]).as_str(), watched.troubles().len()), ("0*", 0));
}

#[test]
fn an_old_release_that_was_cleared_away_is_no_trouble() {
    let out = Out::new();
    let first = out.published(101, 1);
    let second = out.published(102, 2);
    std::fs::remove_dir_all(out.path().join(&first)).unwrap();
    let mut watched = Watched::new(&[out.path()], 3, false);
    watched.look();
    assert_eq!((watched.told(&[&first, &second]).as_str(), watched.troubles().len()), ("1*", 0));
    std::fs::remove_dir_all(out.path().join(&second)).unwrap();
    let mut watched = Watched::new(&[out.path()], 3, false);
    watched.look();
    assert!(watched.troubles().iter().all(|it| it.contains("manifest.json")), "{:?}", watched.troubles());
    assert_eq!(watched.troubles().len(), 2, "nothing is left to serve, so all that is missing is told");
}

#[test]
fn campaigns_stand_side_by_side() {
    let (one, other) = (Out::new(), Out::new());
    let a = one.published(101, 5);
    let b = other.make_of_year(2014, 101, 1);
    other.publish(&b, 1);
    let c = other.published(102, 6);
    let ids = [a.as_str(), &b, &c];
    let mut watched = Watched::new(&[one.path(), other.path()], 1, false);
    watched.look();
    assert_eq!(watched.told(&ids), "2* 0- 1*", "each campaign has a current release, whichever folder it is in");
    let notes = &watched.last().notes;
    assert!(notes.len() == 1 && notes[0].contains("chu-thap-do-2015"), "{notes:?}");
}

#[test]
fn one_release_in_two_folders_is_one_and_a_sound_copy_is_read() {
    let (one, other) = (Out::new(), Out::new());
    let id = one.published(101, 1);
    copy_folder(&one.path().join(&id), &other.path().join(&id));
    other.publish(&id, 2);
    let mut watched = Watched::new(&[one.path(), other.path()], 1, false);
    watched.look();
    assert_eq!(watched.told(&[&id]), "0*");
    assert!(watched.last().notes.iter().any(|note| note.contains(&id)), "{:?}", watched.last().notes);

    let damaged = tempfile::tempdir().unwrap();
    copy_folder(one.path(), damaged.path());
    std::fs::write(damaged.path().join(&id).join("files.json"), "").unwrap();
    let mut watched = Watched::new(&[damaged.path(), other.path()], 1, false);
    watched.look();
    assert_eq!((watched.told(&[&id]).as_str(), watched.troubles().len()), ("0*", 0));
    assert!(watched.last().releases[0].stored.folder.starts_with(other.path()));
}

#[test]
fn a_name_from_a_journal_does_not_leave_the_folder() {
    let out = Out::new();
    let id = out.published(101, 1);
    let at = crate::testing::at(2);
    for name in ["../x", "/etc", "..", ""] {
        thidua_release::journal::made(out.path(), name, at, "").unwrap();
    }
    let mut watched = Watched::new(&[out.path()], 1, true);
    watched.look();
    assert_eq!(watched.told(&[&id]), "0*");
    assert!(watched.troubles().iter().all(|it| it.contains("cannot be the name")), "{:?}", watched.troubles());
    assert_eq!(watched.troubles().len(), 4);
}
