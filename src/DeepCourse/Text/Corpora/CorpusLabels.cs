namespace DeepCourse.Text.Corpora;

/// <summary>What becomes of the labels of documents when a corpus is made of them.</summary>
public enum CorpusLabels
{
    /// <summary>They are kept; a document without one gets the number -1.</summary>
    Keep,

    /// <summary>They are kept, and a document without one is an error.</summary>
    Require,

    /// <summary>They are left out.</summary>
    Ignore,
}
