namespace DeepCourse.Text.Tokenization;

/// <summary>How far the training of a tokenizer is.</summary>
/// <param name="Characters">Characters of text counted so far.</param>
/// <param name="Pieces">Different pieces among them.</param>
/// <param name="Tokens">Tokens of the vocabulary so far; 0 while the text is still read.</param>
public readonly record struct BytePairProgress(long Characters, int Pieces, int Tokens);
