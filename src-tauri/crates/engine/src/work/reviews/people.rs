//! Finding people and groups by what a person types.

use super::show;
use crate::engine::{Engine, hold};
use crate::ipc::review_args::{PeopleArgs, PersonArgs};
use crate::ipc::views::reviews::people::{GroupsFound, PeopleFound, PersonView};
use crate::okta::client::Answer;
use crate::store::orgs::Org;
use domain::okta::call::Call;
use domain::okta::endpoints as e;
use domain::okta::wire::loose::Page;
use domain::okta::wire::people::{Group, Person};
use domain::problem::{Problem, ProblemCode, local, reviews as words};
use domain::reviews::filter::{looks_like_id, people, term};
use std::time::{Duration, Instant};

/// Rows a search gives.
const ROWS: usize = 20;

/// How long what was read of a person serves previews.
const LATELY: Duration = Duration::from_secs(60);

/// How fresh people have to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Read from Okta now: before something is sent.
    Now,
    /// Within a minute: for previews, which come with every pause in typing.
    Lately,
}

impl Engine {
    /// People by id, each once.
    pub(super) async fn people_by_id(
        &self,
        org: &Org,
        ids: &[String],
        when: Reading,
    ) -> Result<Vec<Person>, Problem> {
        let mut people: Vec<Person> = Vec::new();
        for id in ids {
            let key = (org.key.clone(), id.clone());
            let known = hold(&self.reviews.people)
                .get(&key)
                .filter(|(at, _)| when == Reading::Lately && at.elapsed() < LATELY)
                .map(|(_, person)| person.clone());
            let person = match known {
                Some(person) => person,
                None => {
                    let read = self.person_by_id(org, id).await?;
                    hold(&self.reviews.people).insert(key, (Instant::now(), read.clone()));
                    read
                }
            };
            if !people.iter().any(|it| it.id == person.id) {
                people.push(person);
            }
        }
        Ok(people)
    }

    /// People as Okta lists them.
    pub(super) fn people_of(org: &Org, answer: &Answer) -> Result<Vec<Person>, Problem> {
        let page = Page::read(&answer.body, "data", Person::read)
            .ok_or_else(|| local::not_oktas_answer(org.origin.host(), "not a list of people"))?;
        Ok(page.rows)
    }

    /// Somebody by id or login. The list may lag behind; this does not.
    pub(super) async fn person_by_id(&self, org: &Org, id: &str) -> Result<Person, Problem> {
        let id = id.trim();
        if id.is_empty() || id == "me" {
            return Err(words::no_such_person());
        }
        let answer = self
            .read(org, &Call::new(&e::USER).param("id", id))
            .await
            .map_err(|problem| match problem.code {
                ProblemCode::NotFound => words::no_such_person(),
                _ => problem,
            })?;
        let person = Person::read(&answer.body);
        if person.id.is_empty() {
            return Err(local::not_oktas_answer(org.origin.host(), "not a person"));
        }
        self.learn_names(&org.key, std::iter::once((person.id.as_str(), person.name())));
        Ok(person)
    }

    pub(crate) async fn search_people(&self, args: &PeopleArgs) -> Result<PeopleFound, Problem> {
        let org = self.org(&args.org)?;
        let text = args.text.trim();
        let mut found = PeopleFound {
            text: args.text.clone(),
            rows: Vec::new(),
            more: false,
            note: None,
        };
        if text.is_empty() {
            return Ok(found);
        }
        if looks_like_id(text) {
            match self.person_by_id(&org, text).await {
                Ok(person) => found.rows.push(show::person(&person)),
                Err(problem) if problem.code == ProblemCode::NotFound => {
                    found.note = Some(format!("{} {}", problem.title, problem.why));
                }
                Err(problem) => return Err(problem),
            }
            return Ok(found);
        }
        let call = Call::new(&e::USERS)
            .query("search", people(text))
            .query("limit", (ROWS + 1).to_string());
        let answer = self.read(&org, &call).await?;
        let mut people = Self::people_of(&org, &answer)?;
        found.more = people.len() > ROWS;
        people.truncate(ROWS);
        self.learn_names(
            &org.key,
            people.iter().map(|person| (person.id.as_str(), person.name())),
        );
        // Who can't be chosen comes last, but is shown: “why can't I find them” has an answer.
        people.sort_by_key(Person::deactivated);
        found.rows = people.iter().map(show::person).collect();
        if found.rows.is_empty() {
            found.note = Some(
                "Nobody’s name, login or e-mail address begins like this. New people take a minute to be found; somebody your admin role does not cover never is."
                    .into(),
            );
        }
        Ok(found)
    }

    pub(crate) async fn read_person(&self, args: &PersonArgs) -> Result<PersonView, Problem> {
        let org = self.org(&args.org)?;
        Ok(show::person(&self.person_by_id(&org, &args.id).await?))
    }

    pub(crate) async fn search_groups(&self, args: &PeopleArgs) -> Result<GroupsFound, Problem> {
        let org = self.org(&args.org)?;
        let text = args.text.trim();
        let mut call = Call::new(&e::GROUPS).query("limit", (ROWS + 1).to_string());
        if !text.is_empty() {
            call = call.query("search", term("profile.name", "sw", text));
        }
        let answer = self.read(&org, &call).await?;
        let page = Page::read(&answer.body, "data", Group::read)
            .ok_or_else(|| local::not_oktas_answer(org.origin.host(), "not a list of groups"))?;
        Ok(GroupsFound {
            text: args.text.clone(),
            more: page.rows.len() > ROWS,
            rows: page.rows.iter().take(ROWS).map(show::group).collect(),
        })
    }
}
