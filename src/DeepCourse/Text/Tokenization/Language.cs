namespace DeepCourse.Text.Tokenization;

/// <summary>Whose words a <see cref="WordTokenizer"/> cuts.</summary>
public enum Language
{
    /// <summary>Contractions are cut before their end: do n't, it 's, we 'll. Hyphens stand alone.</summary>
    English,

    /// <summary>Elisions are cut after their apostrophe: l' eau, qu' il. Hyphens belong to their words, but for pronouns
    /// after a verb: dit -elle.</summary>
    French,
}
