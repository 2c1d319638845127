//! 变换: how places are scaled, turned and moved.

/// `[a b c d e f]`: x' = ax + cy + e, y' = bx + dy + f.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matrix(pub [f32; 6]);

impl Matrix {
    pub const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub fn moved(x: f32, y: f32) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// From six numbers, where there are six.
    pub fn of(numbers: &[f32]) -> Option<Matrix> {
        numbers.try_into().ok().map(Matrix)
    }

    /// This one first, then the other.
    pub fn then(self, Matrix([a, b, c, d, e, f]): Matrix) -> Matrix {
        let Matrix([p, q, r, s, t, u]) = self;
        Matrix([p * a + q * c, p * b + q * d, r * a + s * c, r * b + s * d, t * a + u * c + e, t * b + u * d + f])
    }

    pub fn point(self, x: f32, y: f32) -> (f32, f32) {
        let Matrix([a, b, c, d, e, f]) = self;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// A length along the line, and how much larger it becomes.
    pub fn direction(self) -> (f32, f32) {
        (self.0[0], self.0[1])
    }

    pub fn along(self) -> f32 {
        self.0[0].hypot(self.0[1])
    }

    pub fn across(self) -> f32 {
        self.0[2].hypot(self.0[3])
    }
}
