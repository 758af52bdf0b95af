//! Makes the icon files from `icons/gatehouse.svg`. ICO and ICNS are packed here: both are PNGs behind a small index.

use crate::machine;
use crate::needs::For;
use crate::running::{program, root, run, say};
use std::fs;
use std::path::Path;

/// PNGs of their own: name and edge in pixels.
const PNGS: &[(&str, u32)] = &[
    ("32x32.png", 32),
    ("128x128.png", 128),
    ("128x128@2x.png", 256),
    ("512x512.png", 512),
];
/// Edges inside the ICO.
const ICO: &[u32] = &[16, 24, 32, 48, 64, 256];
/// Edges inside the ICNS, with Apple's name for each.
const ICNS: &[(&[u8; 4], u32)] = &[
    (b"ic11", 32),
    (b"ic12", 64),
    (b"ic07", 128),
    (b"ic13", 256),
    (b"ic08", 256),
    (b"ic14", 512),
    (b"ic09", 512),
    (b"ic10", 1024),
];

/// Makes them all.
///
/// # Errors
/// When the drawing program is missing or fails, or a file can't be written.
pub fn make() -> Result<(), String> {
    machine::ready(&[For::Icons])?;
    let folder = root().join("icons");
    for (name, edge) in PNGS {
        fs::write(folder.join(name), drawn(*edge)?).map_err(|error| format!("{name}: {error}"))?;
    }
    let images = ICO
        .iter()
        .map(|edge| Ok((*edge, drawn(*edge)?)))
        .collect::<Result<Vec<_>, String>>()?;
    fs::write(folder.join("gatehouse.ico"), ico(&images))
        .map_err(|error| format!("gatehouse.ico: {error}"))?;
    let images = ICNS
        .iter()
        .map(|(kind, edge)| Ok((*kind, drawn(*edge)?)))
        .collect::<Result<Vec<_>, String>>()?;
    fs::write(folder.join("gatehouse.icns"), icns(&images))
        .map_err(|error| format!("gatehouse.icns: {error}"))?;
    say(&format!("Wrote {} files into icons.", PNGS.len() + 2));
    Ok(())
}

fn drawn(edge: u32) -> Result<Vec<u8>, String> {
    let (from, to) = (
        root().join("icons/gatehouse.svg"),
        root().join(format!("target/icon-{edge}.png")),
    );
    let edge = edge.to_string();
    let parent = to.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|error| error.to_string())?;
    run(program("rsvg-convert")
        .args(["--width", &edge, "--height", &edge, "--output"])
        .arg(&to)
        .arg(&from))?;
    let image = fs::read(&to).map_err(|error| error.to_string())?;
    fs::remove_file(&to).map_err(|error| error.to_string())?;
    Ok(image)
}

/// Reserved, type 1, number of images; per image its size, colours, planes, bits, length and place; then the images.
fn ico(images: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let short = |number: usize| u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes();
    let long = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    let mut file = vec![0, 0, 1, 0];
    file.extend(short(images.len()));
    let mut place = 6 + 16 * images.len();
    for (edge, image) in images {
        // 256 is written as 0.
        let edge = u8::try_from(*edge).unwrap_or(0);
        file.extend([edge, edge, 0, 0, 1, 0, 32, 0]);
        file.extend(long(image.len()));
        file.extend(long(place));
        place += image.len();
    }
    images.iter().for_each(|(_, image)| file.extend(image));
    file
}

/// `icns` and the whole length; per image its name and its length with this header; big-endian.
fn icns(images: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let long = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes();
    let mut file = b"icns".to_vec();
    file.extend(long(
        8 + images.iter().map(|(_, image)| 8 + image.len()).sum::<usize>(),
    ));
    for (kind, image) in images {
        file.extend(*kind);
        file.extend(long(8 + image.len()));
        file.extend(image);
    }
    file
}

#[cfg(test)]
mod tests {
    use super::{icns, ico};

    #[test]
    fn an_ico_points_at_its_images() {
        let file = ico(&[(16, vec![1; 10]), (256, vec![2; 20])]);
        assert_eq!(&file[..6], [0, 0, 1, 0, 2, 0]);
        assert_eq!(file[6], 16);
        assert_eq!(file[22], 0);
        let place = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!((place(14), file[place(18)]), (10, 1));
        assert_eq!((place(30), file[place(34)]), (20, 2));
        assert_eq!(file.len(), 6 + 32 + 30);
    }

    #[test]
    fn an_icns_says_its_length() {
        let file = icns(&[(b"ic07", vec![7; 3])]);
        assert_eq!(
            file,
            [
                b"icns".as_slice(),
                &[0, 0, 0, 19],
                b"ic07",
                &[0, 0, 0, 11],
                &[7, 7, 7]
            ]
            .concat()
        );
    }
}
