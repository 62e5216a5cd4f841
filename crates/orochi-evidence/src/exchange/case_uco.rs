//! CASE/UCO 1.4 and later, as JSON-LD, one node a line.
//!
//! What may surprise: instants and decimals are typed literals, since plain texts are violations; what the ontology has
//! no word for (the row, “at or before”, an event's sides) is in properties of the own namespace `orochi:`, which
//! validators leave alone; ids are UUIDs of version 5, so that the same case gives the same file.

use std::{collections::BTreeSet, io::Write};

use orochi_model::{problem::Problem, program};
use serde_json::{Value, json};

use super::{
    Export, Written,
    json::{List, without_nulls},
    notation::{Ids, instant, place, places},
    source, words,
};

const CONTEXT: &str = r#"{"@context":{"kb":"https://orochi.invalid/kb/","orochi":"https://orochi.invalid/vocabulary/","case-investigation":"https://ontology.caseontology.org/case/investigation/","uco-core":"https://ontology.unifiedcyberontology.org/uco/core/","uco-identity":"https://ontology.unifiedcyberontology.org/uco/identity/","uco-location":"https://ontology.unifiedcyberontology.org/uco/location/","uco-observable":"https://ontology.unifiedcyberontology.org/uco/observable/","uco-tool":"https://ontology.unifiedcyberontology.org/uco/tool/","uco-types":"https://ontology.unifiedcyberontology.org/uco/types/","xsd":"http://www.w3.org/2001/XMLSchema#"},"@graph":["#;

fn time(us: i64) -> Result<Value, Problem> {
    Ok(json!({ "@type": "xsd:dateTime", "@value": instant(us)? }))
}

fn decimal(value: f64) -> Value {
    json!({ "@type": "xsd:decimal", "@value": format!("{value:.7}") })
}

/// Makes nodes.
struct Nodes(Ids);

impl Nodes {
    fn name(&self, kind: &str, thing: &str) -> String {
        format!("kb:{kind}-{}", self.0.id(kind, thing))
    }

    fn reference(&self, kind: &str, thing: &str) -> Value {
        json!({ "@id": self.name(kind, thing) })
    }

    fn node(&self, kind: &str, thing: &str, class: &str, fields: Value) -> Value {
        let mut node = json!({ "@id": self.name(kind, thing), "@type": class });
        if let (Value::Object(node), Value::Object(fields)) = (&mut node, without_nulls(fields)) {
            node.extend(fields);
        }
        node
    }

    /// An observable with one facet.
    fn observable(&self, kind: &str, thing: &str, class: &str, facet: Value, own: Value) -> Value {
        let facet = self.node(&format!("{kind}-facet"), thing, &format!("uco-observable:{class}Facet"), facet);
        let mut node = self.node(kind, thing, &format!("uco-observable:{class}"), own);
        node["uco-core:hasFacet"] = json!([facet]);
        node
    }
}

pub(super) fn write(export: &Export<'_>, out: &mut dyn Write) -> Result<Written, Problem> {
    let mut written = Written::default();
    let nodes = Nodes(Ids::from_case(export.about));
    let mut list = List::begin(out, CONTEXT)?;
    frame(export, &nodes, &mut list)?;
    source::parties(export.engine, export.filter, &mut |party| {
        written.numbers += 1;
        list.push(&nodes.observable(
            "phone-account",
            party.number,
            "PhoneAccount",
            json!({ "uco-observable:phoneNumber": party.number }),
            json!({}),
        ))
    })?;
    tenancies(export, &nodes, &mut list, &mut written)?;
    source::events(export.engine, export.filter, &mut |event| {
        written.events += 1;
        list.push(&communication(&nodes, event)?)
    })?;
    cells(export, &nodes, &mut list, &mut written)?;
    for opinion in &export.opinions.all {
        written.findings += 1;
        let thing = opinion.numbers.join(" ");
        let reasons: Vec<Value> = opinion
            .reasons
            .iter()
            .map(|reason| {
                json!({
                    "orochi:direction": if reason.supports { "for" } else { "against" },
                    "orochi:text": reason.text.as_str(),
                    "orochi:rows": places(&reason.evidence),
                })
            })
            .collect();
        list.push(&nodes.node("assertion", &thing, "uco-core:Assertion", json!({
            "uco-core:statement": [opinion.statement.as_str()],
            "uco-core:description": format!("Opinion of method {}. {}", export.opinions.method(opinion), words::SCORE),
            "uco-core:object": opinion.numbers.iter().map(|number| nodes.reference("phone-account", number))
                .collect::<Vec<_>>(),
            "orochi:reason": reasons,
        })))?;
    }
    list.end("]}\n")?;
    Ok(written)
}

/// A call, a text or a data session.
fn communication(nodes: &Nodes, event: &source::ExchangeEvent<'_>) -> Result<Value, Problem> {
    let account = |number: &str| nodes.reference("phone-account", number);
    let id = event.id.to_string();
    let own = json!({
        "uco-core:description": words::event(event)?.as_str(),
        "orochi:kind": event.kind,
        "orochi:outcome": event.outcome,
        "orochi:sides": event.sides,
        "orochi:startAlternative": event.start_alt.map(instant).transpose()?,
        "orochi:rows": places(&event.rows),
    });
    let to: Vec<Value> = [event.b, event.c].into_iter().flatten().map(account).collect();
    let to = (!to.is_empty()).then_some(to);
    let from = event.a.map(account);
    Ok(match event.kind {
        "text" | "mms" => {
            let class = if event.kind == "text" { "SMSMessage" } else { "Message" };
            let facet = nodes.node(
                "message-facet",
                &id,
                "uco-observable:MessageFacet",
                json!({
                    "uco-observable:from": from,
                    "uco-observable:to": to,
                    "uco-observable:sentTime": time(event.start)?,
                    "uco-observable:messageType": event.kind,
                }),
            );
            let mut node = nodes.node("event", &id, &format!("uco-observable:{class}"), own);
            node["uco-core:hasFacet"] = json!([facet]);
            node
        }
        // A data session is a connection of one side; the ontology's call with its own type holds it without
        // claiming a second party.
        _ => nodes.observable(
            "event",
            &id,
            "Call",
            json!({
                "uco-observable:callType": event.kind,
                "uco-observable:startTime": time(event.start)?,
                "uco-observable:endTime": event.ended().filter(|end| *end >= event.start).map(time).transpose()?,
                "uco-observable:duration": event.duration_s,
                "uco-observable:from": from,
                "uco-observable:to": to,
            }),
            own,
        ),
    })
}

/// Investigation, tool, authorities, exhibits and their files.
fn frame(export: &Export<'_>, nodes: &Nodes, list: &mut List<'_>) -> Result<(), Problem> {
    let marking = export.about.training.then_some(words::TRAINING);
    let exhibits: Vec<Value> =
        export.exhibits.iter().map(|exhibit| nodes.reference("provenance-record", &exhibit.label)).collect();
    let authorities: Vec<Value> =
        (0..export.authorities.len()).map(|place| nodes.reference("authorization", &place.to_string())).collect();
    list.push(&nodes.node(
        "investigation",
        "",
        "case-investigation:Investigation",
        json!({
            "uco-core:name": export.about.name,
            "uco-core:description": marking,
            "orochi:reference": export.about.reference,
            "uco-core:object": (!exhibits.is_empty()).then_some(exhibits),
            "case-investigation:relevantAuthorization": (!authorities.is_empty()).then_some(authorities),
        }),
    ))?;
    list.push(&nodes.node(
        "tool",
        "orochi",
        "uco-tool:Tool",
        json!({ "uco-core:name": "orochi", "uco-tool:version": program::version() }),
    ))?;
    for (place, authority) in export.authorities.iter().enumerate() {
        list.push(&nodes.node(
            "authorization",
            &place.to_string(),
            "case-investigation:Authorization",
            json!({
                "case-investigation:authorizationIdentifier": [authority.reference],
                "case-investigation:authorizationType": "Investigatory Powers Act 2016 Part 3",
                "uco-core:startTime": time(authority.from_us)?,
                "uco-core:endTime": time(authority.to_us)?,
            }),
        ))?;
    }
    for exhibit in export.exhibits {
        let label = &exhibit.label;
        let hash = nodes.node(
            "hash",
            label,
            "uco-types:Hash",
            json!({
                "uco-types:hashMethod": "SHA256",
                "uco-types:hashValue": { "@type": "xsd:hexBinary", "@value": exhibit.sha256 },
            }),
        );
        let file = nodes.node(
            "file-facet",
            label,
            "uco-observable:FileFacet",
            json!({ "uco-observable:fileName": exhibit.file, "uco-observable:sizeInBytes": exhibit.bytes }),
        );
        let data = nodes.node(
            "content-data-facet",
            label,
            "uco-observable:ContentDataFacet",
            json!({ "uco-observable:hash": [hash] }),
        );
        list.push(&nodes.node("file", label, "uco-observable:File", json!({ "uco-core:hasFacet": [file, data] })))?;
        list.push(&nodes.node(
            "provenance-record",
            label,
            "case-investigation:ProvenanceRecord",
            json!({
                "case-investigation:exhibitNumber": label,
                "uco-core:object": [nodes.reference("file", label)],
            }),
        ))?;
    }
    Ok(())
}

/// SIMs, handsets, and which sat with which number.
fn tenancies(export: &Export<'_>, nodes: &Nodes, list: &mut List<'_>, written: &mut Written) -> Result<(), Problem> {
    let mut met = BTreeSet::new();
    source::tenancies(export.engine, export.filter, &mut |tenancy| {
        written.tenancies += 1;
        if let Some(imsi) = tenancy.imsi.filter(|imsi| met.insert(format!("sim {imsi}"))) {
            list.push(&nodes.observable("sim", imsi, "SIMCard", json!({ "uco-observable:IMSI": imsi }), json!({})))?;
        }
        if let Some(imei) = tenancy.imei.filter(|imei| met.insert(format!("device {imei}"))) {
            let facet = nodes.node(
                "mobile-device-facet",
                imei,
                "uco-observable:MobileDeviceFacet",
                json!({ "uco-observable:IMEI": [imei] }),
            );
            list.push(&nodes.node(
                "device",
                imei,
                "uco-observable:MobilePhone",
                json!({ "uco-core:hasFacet": [facet] }),
            ))?;
        }
        // A number may be in tenancies and in no event.
        if let Some(number) = tenancy.number.filter(|number| met.insert(format!("mobile {number} {:?}", tenancy.imsi)))
        {
            let thing = format!("{number} {}", tenancy.imsi.unwrap_or_default());
            list.push(&nodes.observable(
                "mobile-account",
                &thing,
                "MobileAccount",
                json!({ "uco-observable:MSISDN": number, "uco-observable:IMSI": tenancy.imsi }),
                json!({}),
            ))?;
        }
        let (Some(imsi), Some(imei)) = (tenancy.imsi, tenancy.imei) else { return Ok(()) };
        let thing = format!("{} {}", written.tenancies, place(&tenancy.row));
        list.push(&nodes.node(
            "relationship",
            &thing,
            "uco-observable:ObservableRelationship",
            json!({
                "uco-core:isDirectional": true,
                "uco-core:source": nodes.reference("sim", imsi),
                "uco-core:target": nodes.reference("device", imei),
                "uco-core:kindOfRelationship": "Contained_Within",
                "uco-core:description": words::tenancy(tenancy)?.as_str(),
                "uco-observable:startTime": [time(tenancy.from)?],
                "uco-observable:endTime": [time(tenancy.to)?],
                "orochi:number": tenancy.number,
                "orochi:rows": place(&tenancy.row),
            }),
        ))
    })
}

/// Cells, where they stand, and who used them when.
fn cells(export: &Export<'_>, nodes: &Nodes, list: &mut List<'_>, written: &mut Written) -> Result<(), Problem> {
    let mut met = BTreeSet::new();
    let mut number = 0_u64;
    source::sites(export.engine, export.filter, &mut |site| {
        written.cells += 1;
        if met.insert(site.cell.to_owned()) {
            list.push(&cell(nodes, site.cell, site.name, site.azimuth))?;
        }
        let Some((latitude, longitude)) = site.position else { return Ok(()) };
        number += 1;
        let thing = format!("{number} {}", site.cell);
        let facet = nodes.node(
            "lat-long-facet",
            &thing,
            "uco-location:LatLongCoordinatesFacet",
            json!({ "uco-location:latitude": decimal(latitude), "uco-location:longitude": decimal(longitude) }),
        );
        list.push(&nodes.node(
            "location",
            &thing,
            "uco-location:Location",
            json!({
                "uco-core:description": "Where the case places the mast; not where a phone was",
                "uco-core:hasFacet": [facet],
                "orochi:placedBy": site.placed_by,
                "orochi:doubt": site.doubt,
                "orochi:rows": place(&site.row),
            }),
        ))?;
        list.push(&nodes.node(
            "located-at",
            &thing,
            "uco-core:Relationship",
            json!({
                "uco-core:isDirectional": true,
                "uco-core:source": nodes.reference("cell-site", site.cell),
                "uco-core:target": nodes.reference("location", &thing),
                "uco-core:kindOfRelationship": "Located_At",
                "uco-core:startTime": site.valid.0.map(time).transpose()?,
                "uco-core:endTime": site.valid.1.map(time).transpose()?,
            }),
        ))
    })?;
    source::presences(export.engine, export.filter, &mut |presence| {
        written.presences += 1;
        if met.insert(presence.cell.to_owned()) {
            list.push(&cell(nodes, presence.cell, None, None))?;
        }
        let to = instant(presence.to)?;
        let thing = format!("{} {}", written.presences, place(&presence.row));
        // Of a use at or before a time only the end is known.
        let start = (presence.relation == "at").then(|| time(presence.from)).transpose()?;
        list.push(&nodes.observable(
            "cell-use",
            &thing,
            "CapturedTelecommunicationsInformation",
            json!({
                "uco-observable:captureCellSite": nodes.reference("cell-site", presence.cell),
                "uco-observable:startTime": start,
                "uco-observable:endTime": time(presence.to)?,
            }),
            json!({
                "uco-core:description": words::presence(presence, &to)?.as_str(),
                "orochi:relation": presence.relation,
                "orochi:activity": presence.activity,
                "orochi:number": presence.number,
                "orochi:imsi": presence.imsi,
                "orochi:imei": presence.imei,
                "orochi:rows": place(&presence.row),
            }),
        ))
    })
}

/// A cell, its identity taken apart.
fn cell(nodes: &Nodes, id: &str, name: Option<&str>, azimuth: Option<i16>) -> Value {
    let (radio, parts) = id.split_once('/').map_or((None, id), |(radio, rest)| (Some(radio), rest));
    let parts: Vec<&str> = parts.split('-').collect();
    let (lac, cid) = match parts.as_slice() {
        [_, _, lac, cid] => (Some(*lac), Some(*cid)),
        [_, _, cid] => (None, Some(*cid)),
        _ => (None, Some(id)),
    };
    let known = |place: usize| parts.get(place).copied().filter(|_| parts.len() >= 3);
    let facet = nodes.node(
        "cell-site-facet",
        id,
        "uco-observable:CellSiteFacet",
        json!({
            "uco-observable:cellSiteCountryCode": known(0),
            "uco-observable:cellSiteNetworkCode": known(1),
            "uco-observable:cellSiteLocationAreaCode": lac,
            "uco-observable:cellSiteIdentifier": cid,
            "uco-observable:cellSiteType": radio,
        }),
    );
    let mut facets = vec![facet];
    if let Some(azimuth) = azimuth {
        facets.push(nodes.node(
            "antenna-facet",
            id,
            "uco-observable:AntennaFacet",
            json!({
                "uco-observable:azimuth": { "@type": "xsd:decimal", "@value": azimuth.to_string() },
            }),
        ));
    }
    nodes.node(
        "cell-site",
        id,
        "uco-observable:CellSite",
        json!({ "uco-core:name": name, "orochi:cell": id, "uco-core:hasFacet": facets }),
    )
}
