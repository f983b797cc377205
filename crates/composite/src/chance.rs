//! Chance from a seed: the same numbers on every machine, for every number of threads.
//!
//! In:  a seed and the number of a draw.
//! Out: uniform, exponential, gamma and Dirichlet variates.
//! Not here: what is drawn for; entropy of the machine.

/// The stream of random numbers of one draw: SplitMix64 (Steele, Lea and Flood, *Fast splittable pseudorandom number
/// generators*, OOPSLA 2014). It counts in steps of an odd number and scrambles the count, so draws need no order: each
/// has its own stream, whoever works it out.
#[derive(Clone, Debug)]
pub struct Stream {
    count: u64,
}

/// 2⁶⁴ divided by the golden ratio, made odd.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Variant 13 of Stafford's mixers, as in the reference implementation.
fn scramble(count: u64) -> u64 {
    let z = (count ^ (count >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Stream {
    /// The stream of one draw under a seed. Where it starts is scrambled from both, so streams of neighbouring draws do
    /// not run behind each other.
    pub fn new(seed: u64, draw: u64) -> Stream {
        let seed = scramble(seed.wrapping_add(STEP));
        Stream { count: scramble(seed.wrapping_add(draw.wrapping_mul(STEP))) }
    }

    fn next(&mut self) -> u64 {
        self.count = self.count.wrapping_add(STEP);
        scramble(self.count)
    }

    /// Uniform in [0, 1): a multiple of 2⁻⁵³.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in 0 … n − 1, without bias (Lemire 2019); 0 for n = 0.
    pub fn below(&mut self, n: usize) -> usize {
        let n = n as u64;
        loop {
            let product = u128::from(self.next()) * u128::from(n);
            if n == 0 || (product as u64) >= n.wrapping_neg() % n {
                return (product >> 64) as usize;
            }
        }
    }

    /// Exponential with mean 1.
    pub fn exponential(&mut self) -> f64 {
        -libm::log(1.0 - self.unit())
    }

    /// Standard normal, by Marsaglia's polar method (1964); the second of each pair is not kept.
    fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.unit() - 1.0, 2.0 * self.unit() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * (-2.0 * libm::log(square) / square).sqrt();
            }
        }
    }

    /// Gamma with this shape and scale 1 (Marsaglia and Tsang 2000); 0 for a shape that is not above zero or not
    /// finite.
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if shape > 0.0 && shape.is_finite() { libm::exp(self.log_gamma(shape)) } else { 0.0 }
    }

    /// The logarithm of a gamma variate: small shapes give numbers too small to write down.
    fn log_gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            // Gamma(a) is Gamma(a + 1) · U^(1/a).
            let log_unit = libm::log(1.0 - self.unit());
            return self.log_gamma(shape + 1.0) + log_unit / shape;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let cube_root = 1.0 + c * x;
            if cube_root <= 0.0 {
                continue;
            }
            let v = cube_root * cube_root * cube_root;
            if libm::log(1.0 - self.unit()) < 0.5 * x * x + d - d * v + d * libm::log(v) {
                return libm::log(d) + libm::log(v);
            }
        }
    }

    /// Weights that add up to 1, Dirichlet with these shapes; a shape that is not above zero gives 0, none above zero
    /// gives zeros.
    pub fn dirichlet(&mut self, shapes: &[f64]) -> Vec<f64> {
        let drawn = |shape: f64| shape > 0.0 && shape.is_finite();
        let logs: Vec<f64> =
            shapes.iter().map(|shape| if drawn(*shape) { self.log_gamma(*shape) } else { f64::NEG_INFINITY }).collect();
        let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if highest == f64::NEG_INFINITY {
            return vec![0.0; shapes.len()];
        }
        let parts: Vec<f64> = logs.iter().map(|log| libm::exp(log - highest)).collect();
        let total: f64 = parts.iter().sum();
        parts.iter().map(|part| part / total).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Stream;

    /// The first numbers of the reference implementation from 1234567, as Rosetta Code prints them ("Pseudo-random
    /// numbers/Splitmix64").
    #[test]
    fn the_generator_is_splitmix64() {
        let mut stream = Stream { count: 1_234_567 };
        let expected: [u64; 5] = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!(expected.map(|_| stream.next()), expected);
    }
}
