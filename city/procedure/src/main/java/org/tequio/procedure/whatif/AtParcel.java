package org.tequio.procedure.whatif;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tequio.procedure.Example;
import org.tequio.procedure.Input;
import org.tequio.procedure.InputType;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.whatif.ParcelSample.Parcel;
import tools.jackson.databind.JsonNode;

/**
 * What an example of a procedure enters, at a parcel of a real city instead of the place in its
 * little town.
 *
 * @param example its name
 * @param inputs by their ids, as they go over the wire
 */
record AtParcel(String example, Map<String, JsonNode> inputs) {
  /** Those of all examples, each set of inputs once. */
  static List<AtParcel> of(Procedure procedure, Parcel parcel) {
    List<AtParcel> all = new ArrayList<>();
    Set<Map<String, JsonNode>> known = new LinkedHashSet<>();
    for (Example example : procedure.examples()) {
      Map<String, JsonNode> inputs = new LinkedHashMap<>(example.inputs());
      for (Input input : procedure.inputs()) {
        if (input.type() instanceof InputType.Place type) {
          inputs.put(input.id(), parcel.as(type.shape()));
        }
      }
      if (known.add(inputs)) {
        all.add(new AtParcel(example.name(), inputs));
      }
    }
    return all;
  }
}
