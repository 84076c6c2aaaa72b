namespace DeepCourse.Optimization;

/// <summary>A module with parameters that keep their first values, whatever is frozen or not.</summary>
/// <remarks><b>Extending.</b> Implement it where a layer brings a parameter that the network is defined without, such as the
/// scale of a normalisation.</remarks>
public interface IFixedParameters
{
    /// <summary>The parameters that no training changes; among those of the module or of its children.</summary>
    IEnumerable<Parameter> FixedParameters { get; }
}
