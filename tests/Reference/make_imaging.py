"""Reference pictures and values for the imaging tests, written by Pillow and torchvision.

Made with: Debian python3-pil 9.4.0 (libjpeg-turbo 2.1.5), python3-torch 1.13.1, torchvision 0.14.1; numpy seed 8.
Usage:     /usr/bin/python3 make_imaging.py   (writes images/ and imaging.json beside itself)
Pixels are base64 of [height, width, channels] bytes. Transparent pictures are laid over white before they become RGB.
"""
import base64
import json
import pathlib
import struct
import zlib

import numpy as np
import PIL
import torch
import torchvision
from PIL import Image, ImageOps

HERE = pathlib.Path(__file__).parent
IMAGES = HERE / "images"
RANDOM = np.random.default_rng(8)
ORIENTATION = 0x0112


def picture(width, height):
    """Gradients, a disc, a bar and a little noise: smooth and sharp parts in every channel."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    red = 255 * x / max(1, width - 1)
    green = 255 * y / max(1, height - 1)
    blue = 128 + 100 * np.sin(x / 5) * np.cos(y / 7)
    pixels = np.stack([red, green, blue], 2)
    disc = (x - width * 0.6) ** 2 + (y - height * 0.4) ** 2 < (min(width, height) * 0.25) ** 2
    pixels[disc] = [240, 200, 30]
    pixels[:, width // 8:width // 8 + 3] = [20, 30, 200]
    pixels += RANDOM.normal(0, 3, pixels.shape)
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8), "RGB")


def alpha_of(width, height):
    y, x = np.mgrid[0:height, 0:width]
    return Image.fromarray(((x * 11 + y * 7) % 256).astype(np.uint8), "L")


def pixels_of(image):
    return base64.b64encode(np.asarray(image, np.uint8).tobytes()).decode()


def over_white(image):
    rgba = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba).convert("RGB")


def case(name, layout, image, tolerance=0):
    return {"file": name, "layout": layout, "width": image.width, "height": image.height,
            "pixels": pixels_of(image), "tolerance": tolerance}


def png_16_bit(path, samples):
    """Pillow can't write 16-bit colour; a PNG is a few chunks."""
    height, width, channels = samples.shape
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in samples)
    head = struct.pack(">IIBBBBB", width, height, 16, {1: 0, 3: 2}[channels], 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n"
    for kind, body in ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")):
        data += struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    path.write_bytes(data)


def decode_cases():
    cases = []
    base = picture(31, 23)
    exif = Image.Exif()

    def save(name, image, **options):
        image.save(IMAGES / name, **options)
        return Image.open(IMAGES / name)

    for name, options in {
            "420.jpg": dict(quality=90, subsampling=2), "422.jpg": dict(quality=85, subsampling=1),
            "444.jpg": dict(quality=95, subsampling=0), "progressive.jpg": dict(quality=90, progressive=True)}.items():
        cases.append(case(name, "Rgb", save(name, base, **options).convert("RGB")))
    grey = save("grey.jpg", base.convert("L"), quality=90)
    cases += [case("grey.jpg", "Rgb", grey.convert("RGB")), case("grey.jpg", "Grey", grey)]
    cases.append(case("cmyk.jpg", "Rgb", save("cmyk.jpg", base.convert("CMYK"), quality=95).convert("RGB"), 1))
    for orientation in range(1, 9):
        exif[ORIENTATION] = orientation
        name = f"orientation-{orientation}.jpg"
        cases.append(case(name, "Rgb", ImageOps.exif_transpose(save(name, base, quality=90, exif=exif)).convert("RGB")))
    exif[ORIENTATION] = 6
    for name in ("orientation-6.png", "orientation-6.webp"):
        options = {"lossless": True} if name.endswith("webp") else {}
        cases.append(case(name, "Rgb", ImageOps.exif_transpose(save(name, base, exif=exif, **options)).convert("RGB")))

    cases.append(case("rgb.png", "Rgb", save("rgb.png", base)))
    cases.append(case("rgb.png", "Grey", base.convert("L")))
    cases.append(case("grey.png", "Rgb", save("grey.png", base.convert("L")).convert("RGB")))
    palette = base.convert("P", palette=Image.Palette.ADAPTIVE, colors=20)
    cases += [case("palette.png", "Rgb", save("palette.png", palette).convert("RGB")),
              case("palette.png", "Labels", Image.fromarray(np.asarray(palette), "L"))]
    seen = save("palette-transparent.png", palette, transparency=3)
    cases += [case("palette-transparent.png", "Rgba", seen.convert("RGBA")),
              case("palette-transparent.png", "Rgb", over_white(seen)),
              case("palette-transparent.png", "Labels", Image.fromarray(np.asarray(palette), "L"))]
    clear = base.copy()
    clear.putalpha(alpha_of(*base.size))
    cases += [case("rgba.png", "Rgba", save("rgba.png", clear)), case("rgba.png", "Rgb", over_white(clear), 1)]
    both = base.convert("L").convert("LA")
    both.putalpha(alpha_of(*base.size))
    cases += [case("grey-alpha.png", "Rgba", save("grey-alpha.png", both).convert("RGBA")),
              case("grey-alpha.png", "Rgb", over_white(both), 1)]
    cases.append(case("bits.png", "Rgb", save("bits.png", base.convert("1")).convert("RGB")))
    for name, channels in (("grey-16.png", 1), ("rgb-16.png", 3)):
        samples = RANDOM.integers(0, 65536, (23, 31, channels))
        png_16_bit(IMAGES / name, samples)
        eight = np.round(samples / 257).astype(np.uint8)
        cases.append(case(name, "Rgb", Image.fromarray(np.broadcast_to(eight, (23, 31, 3)).copy(), "RGB")))
    cases.append(case("lossy.webp", "Rgb", save("lossy.webp", base, quality=80).convert("RGB")))
    cases.append(case("lossless.webp", "Rgb", save("lossless.webp", base, lossless=True).convert("RGB")))
    cases += [case("alpha.webp", "Rgba", save("alpha.webp", clear, lossless=True, exact=True).convert("RGBA")),
              case("alpha.webp", "Rgb", over_white(Image.open(IMAGES / "alpha.webp")), 1)]
    return cases


def scaled_cases():
    picture(160, 118).save(IMAGES / "large.jpg", quality=92, subsampling=2)
    cases = []
    for wanted in ((80, 59), (79, 40), (41, 30), (40, 29)):
        image = Image.open(IMAGES / "large.jpg")
        image.draft("RGB", wanted)
        cases.append({**case("large.jpg", "Rgb", image.convert("RGB")), "wanted": wanted})
    return cases


def resize_cases():
    source = picture(61, 47)
    source.save(IMAGES / "source.png")
    clear = source.copy()
    clear.putalpha(alpha_of(*source.size))
    clear.save(IMAGES / "source-alpha.png")
    filters = {"Nearest": Image.NEAREST, "Bilinear": Image.BILINEAR, "Bicubic": Image.BICUBIC, "Lanczos": Image.LANCZOS}
    cases = []
    for name, kind in filters.items():
        tolerance = 0 if name == "Nearest" else 1
        for size in ((23, 17), (61, 20), (90, 71), (7, 47)):
            cases.append({**case("source.png", "Rgb", source.resize(size, kind), tolerance), "filter": name})
    cases.append({**case("source.png", "Grey", source.convert("L").resize((20, 31), Image.BILINEAR), 1), "filter": "Bilinear"})
    box = (5.25, 3.5, 55.75, 40.125)
    for size in ((24, 24), (80, 60)):
        cases.append({**case("source.png", "Rgb", source.resize(size, Image.BILINEAR, box), 1), "filter": "Bilinear", "box": box})
    return cases


def transform_cases():
    source = Image.open(IMAGES / "source.png")
    forward = [0.9, -0.31, 12.37, 0.23, 1.1, -5.21]
    inverse = np.linalg.inv(np.array(forward + [0, 0, 1]).reshape(3, 3))[:2].reshape(-1)
    cases = []
    for name, kind in (("Nearest", Image.NEAREST), ("Bilinear", Image.BILINEAR)):
        image = source.transform((50, 44), Image.AFFINE, tuple(inverse), kind)
        cases.append({**case("source.png", "Rgb", image, 0 if name == "Nearest" else 1), "filter": name, "map": forward})
    return cases


def box_values():
    generator = torch.Generator().manual_seed(8)
    first = torch.rand(12, 4, generator=generator)
    second = torch.rand(12, 4, generator=generator)
    boxes = [torch.cat([b[:, :2] * 0.7, b[:, :2] * 0.7 + 0.05 + b[:, 2:] * 0.4], 1) for b in (first, second)]
    ops = torchvision.ops
    diagonal = lambda table: table.diagonal().tolist()
    return {
        "first": boxes[0].tolist(), "second": boxes[1].tolist(),
        "pairwise": ops.box_iou(*boxes).tolist(),
        "generalized": diagonal(ops.generalized_box_iou(*boxes)),
        "distance": diagonal(ops.distance_box_iou(*boxes)),
        "complete": diagonal(ops.complete_box_iou(*boxes)),
        "center_size": ops.box_convert(boxes[0], "xyxy", "cxcywh").tolist(),
    }


def main():
    IMAGES.mkdir(exist_ok=True)
    values = {
        "made_with": f"Pillow {PIL.__version__}, torch {torch.__version__}, torchvision {torchvision.__version__}, seed 8",
        "decode": decode_cases(), "scaled": scaled_cases(), "resize": resize_cases(), "transform": transform_cases(),
        "boxes": box_values(),
    }
    (HERE / "imaging.json").write_text(json.dumps(values, indent=1) + "\n")


main()
