using DeepCourse.Lessons;

namespace Lesson09;

/// <summary>The options that both lessons of detection add.</summary>
internal static class LessonChoices
{
    internal static LessonOption<bool> SkipBad { get; } = LessonOption.Of(
        "--skip-bad", "leave out annotations that make no sense, and list them, instead of stopping at the first (BCCD's two known ones are always left out)", false);
}
