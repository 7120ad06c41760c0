package dev.migrator.core.settings;

import java.util.List;
import java.util.SortedSet;

/**
 * How names turn into those of one environment.
 *
 * @param rules in the order in which they are tried; the first that matches decides
 * @param mustMatch fields of which every value has to be matched by a rule
 */
record Mapping(String name, String environment, List<MappingRule> rules, SortedSet<String> mustMatch) {
    Mapping {
        rules = List.copyOf(rules);
    }
}
