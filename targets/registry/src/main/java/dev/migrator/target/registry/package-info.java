/** Artifacts, versions, references and rules of an Apicurio Registry, over its REST API version 3. */
package dev.migrator.target.registry;
