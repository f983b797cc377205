//! Facts become indicators, points, classes and rankings; pure.

mod score;
