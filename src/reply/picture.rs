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
const WIDTH: u32 = 418;
const HEIGHT: u32 = 166;
const SCALE: u16 = 2;

/// The first square, the way from one to the next, and a square's side.
const LEFT: usize = 46;
const TOP: usize = 32;
const STEP: usize = 14;
const SIDE: usize = 11;

/// A square's outline, from the end of its first corner on; with the edge's own width it is [`SIDE`] wide.
const ROUNDED: &str = "h6a2 2 0 0 1 2 2v6a2 2 0 0 1 -2 2h-6a2 2 0 0 1 -2 -2v-6a2 2 0 0 1 2 -2z";

/// Where the legend stands.
const LEGEND_TOP: usize = TOP + 7 * STEP + 10;

/// A month's name takes this many columns, and begins at the latest here, lest it leave the card.
const NAME_COLUMNS: usize = 3;
const LAST_NAME: usize = 379;

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
    let [width, height] = [WIDTH, HEIGHT].map(|points| points * u32::from(SCALE));
    let mut pixels = Pixmap::new(width, height).ok_or(PictureError::Area)?;
    let larger = Transform::from_scale(f32::from(SCALE), f32::from(SCALE));
    resvg::render(&tree, larger, &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| PictureError::Png(error.to_string()))
}

fn svg(half_year: &HalfYear) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" font-family=\"DejaVu Sans\" font-size=\"13\" \
         fill=\"{TEXT}\"><rect x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"8\" fill=\"{CARD}\" stroke=\"{RIM}\"/>",
        WIDTH - 1,
        HEIGHT - 1
    );
    for (column, name) in months(half_year) {
        text(&mut svg, (LEFT + column * STEP).min(LAST_NAME), TOP - 9, &name);
    }
    for (row, name) in [(0, "Mon"), (2, "Wed"), (4, "Fri"), (6, "Sun")] {
        text(&mut svg, 10, TOP + row * STEP + SIDE - 1, name);
    }
    let day = |(place, count): (usize, &u32)| (LEFT + place / 7 * STEP, TOP + place % 7 * STEP, *count);
    squares(&mut svg, half_year.days.iter().enumerate().map(day).chain(legend()));
    text(&mut svg, LEFT, LEGEND_TOP + SIDE - 1, "Answers a day");
    for ((left, top, _), label) in legend().zip(["0", "1", "2", "3+"]) {
        text(&mut svg, left + SIDE + 6, top + SIDE - 1, label);
    }
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

/// The squares of the legend, one for each look.
fn legend() -> impl Iterator<Item = (usize, usize, u32)> {
    (0..).zip(0..FILLS.len()).map(|(count, place)| (LEFT + 115 + place * 46, LEGEND_TOP, count))
}

/// Squares with rounded corners, by their left and top and the number that they show. Those that look the same are one shape, which is
/// drawn several times as fast as each by itself.
fn squares(svg: &mut String, squares: impl Iterator<Item = (usize, usize, u32)>) {
    let mut shapes = FILLS.map(|_| String::new());
    for (left, top, count) in squares {
        let look = usize::try_from(count).unwrap_or(usize::MAX).min(FILLS.len() - 1);
        if let Some(shape) = shapes.get_mut(look) {
            let _ = write!(shape, "M{}.5 {top}.5{ROUNDED}", left + 2);
        }
    }
    for ((shape, fill), edge) in shapes.iter().zip(FILLS).zip(EDGES) {
        let _ = write!(svg, "<path d=\"{shape}\" fill=\"{fill}\" stroke=\"{edge}\"/>");
    }
}

/// Our own words alone: nothing in them has to be escaped.
fn text(svg: &mut String, left: usize, base: usize, words: &str) {
    let _ = write!(svg, "<text x=\"{left}\" y=\"{base}\">{words}</text>");
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::progress::{Answered, Past};

    /// Five days of March with none, one, two, three and seven answers, seen from a Wednesday.
    fn half_year() -> HalfYear {
        let days = [("2026-03-03", 1), ("2026-03-04", 2), ("2026-03-05", 3), ("2026-03-06", 7)];
        let answers = days.iter().flat_map(|(day, count)| {
            let noon: Timestamp = format!("{day}T12:00Z").parse().unwrap();
            std::iter::repeat_n(Answered { at: noon, day: None }, *count)
        });
        HalfYear::of(&Past { answers: answers.collect(), ..Past::default() }, "2026-06-10T12:00Z".parse().unwrap())
    }

    fn pixels() -> Pixmap {
        Pixmap::decode_png(&png(&half_year()).unwrap()).unwrap()
    }

    /// The colour in the middle of a day's square.
    fn colour(pixels: &Pixmap, day: &str) -> String {
        let half_year = half_year();
        let place = half_year.dated().position(|(date, _)| date.to_string() == day).unwrap();
        let middle = |start: usize, steps: usize| u32::try_from(2 * (start + steps * STEP) + SIDE).unwrap();
        let pixel = pixels.pixel(middle(LEFT, place / 7), middle(TOP, place % 7)).unwrap();
        format!("#{:02x}{:02x}{:02x}", pixel.red(), pixel.green(), pixel.blue())
    }

    #[test]
    fn a_square_is_darker_with_more_answers_up_to_three() {
        let pixels = pixels();
        let days = ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"];
        let expected = [FILLS[0], FILLS[1], FILLS[2], FILLS[3], FILLS[3]];
        assert_eq!(days.map(|day| colour(&pixels, day)), expected);
    }

    #[test]
    fn what_is_to_come_this_week_has_no_square() {
        let (half_year, svg) = (half_year(), svg(&half_year()));
        assert_eq!(half_year.days.len(), 25 * 7 + 3);
        assert_eq!(svg.matches(ROUNDED).count(), half_year.days.len() + FILLS.len());
    }

    #[test]
    fn months_are_named_above_the_week_in_which_they_begin() {
        let named: Vec<_> = months(&half_year()).into_iter().map(|(column, name)| format!("{name} {column}")).collect();
        assert_eq!(named, ["Jan 2", "Feb 6", "Mar 10", "Apr 15", "May 19", "Jun 24"]);
        let narrow = HalfYear::of(&Past::default(), "2026-05-20T12:00Z".parse().unwrap());
        assert_eq!(narrow.first.to_string(), "2025-11-24");
        assert_eq!(months(&narrow)[0], (1, "Dec".to_owned()), "November's name has no room before it");
        let wide = HalfYear::of(&Past::default(), "2026-05-06T12:00Z".parse().unwrap());
        assert_eq!(months(&wide)[..2], [(0, "Nov".to_owned()), (3, "Dec".to_owned())]);
    }

    #[test]
    fn every_letter_is_in_the_font() {
        let drawn = |letter: char| {
            let options = Options { fontdb: Arc::clone(&FONT), ..Options::default() };
            let mut written =
                format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\">");
            written.push_str("<g font-family=\"DejaVu Sans\">");
            text(&mut written, 9, 50, &letter.to_string());
            written.push_str("</g></svg>");
            let mut pixels = Pixmap::new(WIDTH, HEIGHT).unwrap();
            resvg::render(&Tree::from_str(&written, &options).unwrap(), Transform::identity(), &mut pixels.as_mut());
            pixels.data().to_vec()
        };
        let (blank, missing) = (drawn(' '), drawn('é'));
        let words = svg(&half_year());
        let shown =
            words.split("</text>").filter_map(|before| before.rsplit_once('>')).flat_map(|(_, word)| word.chars());
        for letter in shown.filter(|letter| *letter != ' ') {
            assert!(![&blank, &missing].contains(&&drawn(letter)), "{letter} is missing");
        }
    }
}
