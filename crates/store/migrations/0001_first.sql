-- The first schema. One text for both databases; what they spell differently is a placeholder:
--   {text}    text compared byte by byte, so that both sort alike
--   {blob}    bytes
--   {serial}  a number the database gives, growing
-- A block between "-- only sqlite" (or "-- only postgres") and "-- both" is for that one alone.
-- Times are microseconds since the epoch. Yes and no are 1 and 0.

create table accounts (
  id {text} not null primary key,
  login {text} not null unique,
  name {text} not null,
  role {text} not null,
  unit {text},
  contact {text},
  state {text} not null,
  password {text},
  activation {text} unique,
  activation_until bigint,
  created_at bigint not null,
  changed_at bigint not null,
  last_login_at bigint
);
create index accounts_by_unit on accounts (unit, role);

create table sessions (
  id {text} not null primary key,
  account {text} references accounts (id),
  data {blob} not null,
  expires_at bigint not null
);
create index sessions_by_account on sessions (account);
create index sessions_by_expiry on sessions (expires_at);

create table tokens (
  id {text} not null primary key,
  account {text} not null references accounts (id),
  name {text} not null,
  hash {text} not null unique,
  scope {text} not null,
  created_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint,
  last_used_at bigint
);
create index tokens_by_account on tokens (account);

create table throttles (
  name {text} not null primary key,
  since bigint not null,
  hits bigint not null
);

create table blobs (
  digest {text} not null primary key,
  size bigint not null,
  chunks bigint not null
);

create table blob_chunks (
  digest {text} not null references blobs (digest),
  number bigint not null,
  bytes {blob} not null,
  primary key (digest, number)
);

create table uploads (
  seq {serial},
  id {text} not null unique,
  receipt {text} not null unique,
  campaign {text} not null,
  unit {text} not null,
  period {text},
  file_name {text} not null,
  came_in {text},
  digest {text} not null references blobs (digest),
  size bigint not null,
  received_at bigint not null,
  account {text} references accounts (id),
  on_behalf bigint not null
);
create index uploads_by_unit on uploads (campaign, unit, seq);
create index uploads_by_digest on uploads (digest);

-- Which uploads speak about which unit and period; their order is their number.
create table versions (
  campaign {text} not null,
  unit {text} not null,
  period {text} not null,
  upload {text} not null references uploads (id),
  primary key (campaign, unit, period, upload)
);
create index versions_by_upload on versions (upload);

create table readings (
  seq {serial},
  id {text} not null unique,
  upload {text} not null references uploads (id),
  definition {text} not null,
  program {text} not null,
  made_at bigint not null,
  status {text} not null,
  report {text} not null,
  unique (upload, definition, program)
);

create table submissions (
  id {text} not null primary key,
  reading {text} not null references readings (id),
  upload {text} not null references uploads (id),
  campaign {text} not null,
  unit {text} not null,
  period {text} not null,
  form {text} not null,
  status {text} not null,
  unique (reading, unit, period, form)
);
create index submissions_by_unit on submissions (campaign, unit, period, form);
create index submissions_by_upload on submissions (upload);

create table facts (
  submission {text} not null references submissions (id),
  number bigint not null,
  field {text} not null,
  value bigint,
  words {text},
  mark {text},
  raw {text} not null,
  sheet {text} not null,
  cell {text} not null,
  primary key (submission, number)
);

create table reviews (
  seq {serial},
  submission {text} not null references submissions (id),
  upload {text} not null references uploads (id),
  campaign {text} not null,
  unit {text} not null,
  period {text} not null,
  form {text} not null,
  decision {text} not null,
  reason {text},
  level {text},
  account {text} references accounts (id),
  at bigint not null
);
create index reviews_by_unit on reviews (campaign, unit, period, form, seq);
create index reviews_by_submission on reviews (submission, seq);

-- The newest state of each unit, period and form: follows from submissions and reviews, kept so
-- that a superior union's page is one statement.
create table latest (
  campaign {text} not null,
  unit {text} not null,
  period {text} not null,
  form {text} not null,
  submission {text} not null references submissions (id),
  upload {text} not null references uploads (id),
  status {text} not null,
  received_at bigint not null,
  standing {text} references submissions (id),
  standing_upload {text} references uploads (id),
  standing_status {text},
  standing_received_at bigint,
  review {text} not null,
  review_seq bigint,
  approved {text} references submissions (id),
  primary key (campaign, unit, period, form)
);

create table corrections (
  seq {serial},
  id {text} not null unique,
  campaign {text} not null,
  unit {text} not null,
  period {text} not null,
  form {text} not null,
  field {text} not null,
  old_value {text},
  new_value {text},
  reason {text} not null,
  account {text} references accounts (id),
  at bigint not null
);
create index corrections_by_unit on corrections (campaign, unit, period);

create table withdrawals (
  correction {text} not null primary key references corrections (id),
  reason {text} not null,
  account {text} references accounts (id),
  at bigint not null
);

create table extensions (
  seq {serial},
  campaign {text} not null,
  unit {text} not null,
  period {text} not null,
  form {text},
  until bigint,
  reason {text} not null,
  account {text} references accounts (id),
  at bigint not null
);
create index extensions_by_unit on extensions (campaign, unit, period);

create table attachments (
  seq {serial},
  id {text} not null unique,
  receipt {text} not null unique,
  campaign {text} not null,
  unit {text} not null,
  period {text},
  kind {text} not null,
  file_name {text} not null,
  media_type {text} not null,
  digest {text} not null references blobs (digest),
  size bigint not null,
  received_at bigint not null,
  account {text} references accounts (id),
  on_behalf bigint not null
);
create index attachments_by_unit on attachments (campaign, unit, seq);

create table objections (
  seq {serial},
  id {text} not null unique,
  campaign {text} not null,
  unit {text} not null,
  period {text} not null,
  kind {text} not null,
  release {text},
  indicator {text},
  form {text},
  field {text},
  sheet {text},
  cell {text},
  body {text} not null,
  state {text} not null,
  account {text} references accounts (id),
  at bigint not null,
  changed_at bigint not null
);
create index objections_by_unit on objections (campaign, unit, seq);
create index objections_by_state on objections (campaign, state, seq);

create table replies (
  seq {serial},
  objection {text} not null references objections (id),
  body {text} not null,
  state {text},
  account {text} references accounts (id),
  at bigint not null
);
create index replies_by_objection on replies (objection, seq);

create table jobs (
  seq {serial},
  id {text} not null unique,
  kind {text} not null,
  campaign {text},
  name {text},
  payload {text} not null,
  state {text} not null,
  attempts bigint not null,
  most_attempts bigint not null,
  run_after bigint not null,
  leased_until bigint,
  lease {text},
  worker {text},
  progress_done bigint not null,
  progress_all bigint not null,
  outcome {text},
  account {text} references accounts (id),
  created_at bigint not null,
  finished_at bigint
);
create index jobs_to_take on jobs (state, seq);
create unique index jobs_once_by_name on jobs (name) where state in ('waiting', 'running');

create table releases (
  id {text} not null primary key,
  campaign {text} not null,
  period {text},
  made_at bigint not null,
  account {text} references accounts (id),
  files bigint not null,
  size bigint not null
);
create index releases_by_campaign on releases (campaign, made_at);

create table release_files (
  release {text} not null references releases (id),
  path {text} not null,
  digest {text} not null references blobs (digest),
  size bigint not null,
  primary key (release, path)
);

create table publications (
  campaign {text} not null,
  number bigint not null,
  release {text} not null references releases (id),
  period {text},
  account {text} references accounts (id),
  at bigint not null,
  primary key (campaign, number)
);

create table definitions (
  campaign {text} not null,
  number bigint not null,
  definition {text} not null,
  digest {text} not null references blobs (digest),
  size bigint not null,
  note {text},
  account {text} references accounts (id),
  at bigint not null,
  primary key (campaign, number)
);

create table audit (
  seq {serial},
  at bigint not null,
  account {text},
  address {text},
  action {text} not null,
  object {text} not null,
  object_id {text},
  unit {text},
  detail {text} not null
);
create index audit_by_time on audit (at, seq);
create index audit_by_unit on audit (unit, seq);

-- only sqlite
create trigger audit_no_update before update on audit begin
  select raise(abort, 'the audit log is append-only');
end;
create trigger audit_no_delete before delete on audit begin
  select raise(abort, 'the audit log is append-only');
end;
-- only postgres
create function audit_is_append_only() returns trigger language plpgsql as $body$
begin
  raise exception 'the audit log is append-only';
end
$body$;
create trigger audit_no_change before update or delete on audit
  for each row execute function audit_is_append_only();
create trigger audit_no_truncate before truncate on audit
  for each statement execute function audit_is_append_only();
-- both
