//! Workbooks of other programs: what they hold beside cells stays, and what passed through them is known again.
