/**
 * Groups, artifacts, versions, references, and rules at all three levels, of an Apicurio Registry, over its REST API version 3.
 *
 * <p>What the registry cannot do, and what follows:
 *
 * <ul>
 *   <li>It has no calls for many entries and none that compare before they write. Each entry is read immediately before
 *       it is written. Creating what exists, changing a rule that is gone and making one that is there are refused by the
 *       registry itself; a rule's value, a label or a state that somebody else sets between our read and our write is
 *       overwritten, and a version that somebody else adds to an artifact between our look and its deletion goes with it.
 *   <li>An artifact or group with rules, and a version that begins deprecated, take several calls. It is marked as out of use until the last one is done, so that a
 *       creation that broke off counts as not there and is completed by repeating it. An update goes rule by rule, and
 *       what is done already is no conflict.
 *   <li>Artifacts have no id. Two lives of one are told apart by the second in which they began; versions by global id.
 *   <li>By default it forbids deletion. What would have been removed is then taken out of use: a version is {@code
 *       DISABLED}, an artifact has the label {@code migrator-retired}. What had been out of use before is never deleted
 *       again, and has the label {@code migrator-reused}.
 *   <li>It deletes a group with all that is in it. So groups are never deleted, only marked in the same way; one that was made
 *       along with an artifact stays.
 *   <li>Its {@code dryRun=true} keeps the content and makes the group. Content is tested with a call of version 2 of the API
 *       that keeps nothing; see {@link dev.migrator.target.registry.ContentTest}.
 *   <li>A draft can still be changed. It is shown without its content, so that no plan takes it for what it wants.
 * </ul>
 */
package dev.migrator.target.registry;
