// The types of this API say nothing about null.
#nullable disable

namespace TorchSharp.Modules;

public abstract partial class OptimizerHelper
{
    private const string StreamName = "optimizer/1";

    /// <summary>The optimizer's own options and states, not copies.</summary>
    public virtual torch.optim.Optimizer.StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            dictionary.Options.Add(group.Options);
            var places = new List<int>();
            foreach (var parameter in group.Parameters)
            {
                places.Add(dictionary.State.Count);
                dictionary.State.Add(_state[parameter.Handle]);
            }
            dictionary.StateIndexRef.Add(places);
        }
        return dictionary;
    }

    /// <summary>Copies options and states from another optimizer of the same shape.</summary>
    public virtual void load_state_dict(torch.optim.Optimizer.StateDictionary state_dict)
    {
        Expect(state_dict.Options.Count, _parameter_groups.Count, "groups");
        for (var i = 0; i < _parameter_groups.Count; i++)
        {
            var group = _parameter_groups[i];
            var places = state_dict.StateIndexRef[i];
            Expect(places.Count, group.Parameters.Count(), $"parameters in group {i}");
            if (!ReferenceEquals(group.Options, state_dict.Options[i])) group.Options.LoadStateDict(state_dict.Options[i]);
            var place = 0;
            foreach (var parameter in group.Parameters)
            {
                var source = state_dict.State[places[place++]];
                var target = _state[parameter.Handle];
                if (!ReferenceEquals(source, target)) target.LoadStateDict(source);
            }
        }
    }

    public void save_state_dict(string location)
    {
        using var stream = File.Create(location);
        using var writer = new BinaryWriter(stream);
        save_state_dict(writer);
    }

    public void load_state_dict(string location)
    {
        using var stream = File.OpenRead(location);
        using var reader = new BinaryReader(stream);
        load_state_dict(reader);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        writer.Write(StreamName);
        writer.Write(GetType().Name);
        writer.Write(_parameter_groups.Count);
        foreach (var group in _parameter_groups)
        {
            group.Options.SaveStateDict(writer);
            writer.Write(group.Parameters.Count());
            foreach (var parameter in group.Parameters) _state[parameter.Handle].SaveStateDict(writer);
        }
        writer.Flush();
    }

    public void load_state_dict(BinaryReader reader)
    {
        if (reader.ReadString() != StreamName) throw new InvalidDataException("This is not the state of an optimizer.");
        var name = reader.ReadString();
        if (name != GetType().Name)
            throw new ArgumentException($"The state is one of {name}, and this optimizer is {GetType().Name}.", nameof(reader));
        Expect(reader.ReadInt32(), _parameter_groups.Count, "groups");
        for (var i = 0; i < _parameter_groups.Count; i++)
        {
            var group = _parameter_groups[i];
            group.Options.LoadStateDict(reader);
            Expect(reader.ReadInt32(), group.Parameters.Count(), $"parameters in group {i}");
            foreach (var parameter in group.Parameters) _state[parameter.Handle].LoadStateDict(reader);
        }
    }

    private static void Expect(int stored, int present, string what)
    {
        if (stored != present) throw new ArgumentException($"The state has {stored} {what}, the optimizer {present}.");
    }
}
