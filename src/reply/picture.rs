//! The picture of a person's last half year: a column for each week, a square for each day, darker with more answers.
//!
//! It is an SVG of ours that a library draws. It stands on a light card of its own, with a rim, so that it reads the same on Discord's
//! dark and on its light background. What it shows is said in words beside it (`progress::picture_in_words`). Knows nothing of sending.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use thiserror::Error;

use crate::domain::progress::HalfYear;

/// Sizes in points, of which a phone's screen is about 400 wide; the picture has [`SCALE`] pixels to a point.
const WIDTH: u32 = 412;
const HEIGHT: u32 = 166;
const SCALE: u32 = 2;

/// The first square, the way from one to the next, and a square's side.
const LEFT: usize = 40;
const TOP: usize = 32;
const STEP: usize = 14;
const SIDE: usize = 11;

/// A month's name takes this many columns.
const NAME_COLUMNS: usize = 3;

const CARD: &str = "#ffffff";
const RIM: &str = "#c4c9d1";
const TEXT: &str = "#3b414b";

/// What a square looks like with no answer, one, two, and three or more.
const FILLS: [&str; 4] = ["#eceef1", "#a5cdf0", "#3d8bd4", "#0b3d73"];
const EDGES: [&str; 4] = ["#b3bac4", "#7fb4e2", "#2f78bd", "#0b3d73"];

/// The letters that the picture needs (see `data/font`).
static FONT: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(include_bytes!("../../data/font/DejaVuSans-letters.ttf").to_vec());
    Arc::new(fonts)
});

/// Why there is no picture.
#[derive(Debug, Error)]
pub enum PictureError {
    /// What was written is no SVG.
    #[error("the picture is no SVG: {0}")]
    Svg(#[from] resvg::usvg::Error),
    /// The memory for it can't be had.
    #[error("the picture has no area")]
    Area,
    /// It can't be written as PNG.
    #[error("the picture can't be written as PNG: {0}")]
    Png(String),
}

/// Draws it, as a PNG. Takes some milliseconds of work.
///
/// # Errors
/// None that is known of.
pub fn png(half_year: &HalfYear) -> Result<Vec<u8>, PictureError> {
    let options = Options { fontdb: Arc::clone(&FONT), ..Options::default() };
    let tree = Tree::from_str(&svg(half_year), &options)?;
    let mut pixels = Pixmap::new(WIDTH * SCALE, HEIGHT * SCALE).ok_or(PictureError::Area)?;
    let larger = SCALE as f32;
    resvg::render(&tree, Transform::from_scale(larger, larger), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| PictureError::Png(error.to_string()))
}

fn svg(half_year: &HalfYear) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" font-family=\"DejaVu Sans\" font-size=\"12\" \
         fill=\"{TEXT}\"><rect x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"8\" fill=\"{CARD}\" stroke=\"{RIM}\"/>",
        WIDTH - 1,
        HEIGHT - 1
    );
    for (column, name) in months(half_year) {
        text(&mut svg, LEFT + column * STEP, TOP - 8, &name);
    }
    for (row, name) in [(0, "Mon"), (2, "Wed"), (4, "Fri"), (6, "Sun")] {
        text(&mut svg, 10, TOP + row * STEP + SIDE - 1, name);
    }
    for (place, count) in half_year.days.iter().enumerate() {
        square(&mut svg, LEFT + place / 7 * STEP, TOP + place % 7 * STEP, *count);
    }
    legend(&mut svg);
    svg.push_str("</svg>");
    svg
}

/// The months' names and the columns above which they stand: those in which a month begins, and the first one where there is room.
fn months(half_year: &HalfYear) -> Vec<(usize, String)> {
    let begins = |(place, (date, _)): (usize, (Date, u32))| (date.day() == 1).then(|| (place / 7, month(date)));
    let mut months: Vec<_> = half_year.dated().enumerate().filter_map(begins).collect();
    if months.first().is_none_or(|(column, _)| *column >= NAME_COLUMNS) {
        months.insert(0, (0, month(half_year.first)));
    }
    months
}

/// A month's name in three letters.
fn month(day: Date) -> String {
    day.strftime("%b").to_string()
}

fn legend(svg: &mut String) {
    let top = TOP + 7 * STEP + 10;
    text(svg, LEFT, top + SIDE - 1, "Answers a day");
    for (number, label) in [(0, "0"), (1, "1"), (2, "2"), (3, "3+")] {
        let left = LEFT + 110 + number * 44;
        square(svg, left, top, u32::try_from(number).unwrap_or_default());
        text(svg, left + SIDE + 6, top + SIDE - 1, label);
    }
}

fn square(svg: &mut String, left: usize, top: usize, count: u32) {
    let shade = usize::try_from(count).unwrap_or(usize::MAX).min(FILLS.len() - 1);
    let (fill, edge) = (FILLS.get(shade).unwrap_or(&CARD), EDGES.get(shade).unwrap_or(&RIM));
    let side = SIDE - 1;
    let _ = write!(
        svg,
        "<rect x=\"{left}.5\" y=\"{top}.5\" width=\"{side}\" height=\"{side}\" rx=\"2\" fill=\"{fill}\" stroke=\"{edge}\"/>"
    );
}

/// Our own words alone: nothing in them has to be escaped.
fn text(svg: &mut String, left: usize, base: usize, words: &str) {
    let _ = write!(svg, "<text x=\"{left}\" y=\"{base}\">{words}</text>");
}
