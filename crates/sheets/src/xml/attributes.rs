//! The attributes of a tag, without copies.

use super::plain::find;

/// Attributes as (name without prefix, value as written); stops at the first malformed one.
pub(crate) struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Attributes<'a> {
    pub(super) fn of(rest: &'a str) -> Self {
        Self { rest }
    }

    /// ` name="value"`, as programs write it.
    #[inline(always)]
    fn plain(&self) -> Option<(&'a str, &'a str, &'a str)> {
        let bytes = self.rest.as_bytes();
        let mut start = usize::from(*bytes.first()? == b' ');
        let mut end = start;
        loop {
            match *bytes.get(end)? {
                b'=' => break,
                b':' => start = end + 1,
                byte if byte.is_ascii_whitespace() => return None,
                _ => {}
            }
            end += 1;
        }
        let quote = *bytes.get(end + 1).filter(|quote| matches!(quote, b'"' | b'\''))?;
        let close = find(bytes, end + 2, quote)?;
        Some((&self.rest[start..end], &self.rest[end + 2..close], &self.rest[close + 1..]))
    }

    /// With spaces around its signs, or a name before it that has no value.
    #[cold]
    fn loose(&self) -> Option<(&'a str, &'a str, &'a str)> {
        let rest = self.rest.trim_ascii_start();
        let equals = rest.bytes().position(|b| b == b'=')?;
        let name = rest[..equals].trim_ascii_end();
        let name = name.bytes().rposition(|b| b == b':' || b.is_ascii_whitespace()).map_or(name, |at| &name[at + 1..]);
        let value = rest[equals + 1..].trim_ascii_start();
        let quote = *value.as_bytes().first().filter(|b| matches!(b, b'"' | b'\''))?;
        let end = find(value.as_bytes(), 1, quote)?;
        Some((name, &value[1..end], &value[end + 1..]))
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let (name, value, rest) = self.plain().or_else(|| self.loose())?;
        self.rest = rest;
        Some((name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_without_prefix_and_malformed_ones_end_the_list() {
        for (tag, expected) in [
            (r#"a x="1" r:id='rId2'"#, "x=1 id=rId2"),
            ("a\n x = \"1\"\t y=''", "x=1 y="),
            (r#"a x="1" y z="2""#, "x=1 z=2"),
            (r#"a x="1" y=2"#, "x=1"),
            (r#"a x="&lt;&#65;&nope;""#, "x=&lt;&#65;&nope;"),
            ("a", ""),
        ] {
            let shown: Vec<String> = Attributes::of(&tag[1..]).map(|(name, value)| format!("{name}={value}")).collect();
            assert_eq!(shown.join(" "), expected, "{tag}");
        }
    }
}
