-- name: unfinished(ids, stuck_before)
select interview.person_id, interview.form_hash, interview.state, person_key.wrapped
from json_array_elements_text(cast(:ids as json)) as wanted (value)
join interview on interview.person_id = wanted.value
join person_key on person_key.person_id = interview.person_id
where interview.status in ('open', 'paused') and interview.state is not null
and interview.entered_by is null
and (cast(:stuck_before as bigint) = 0
    or interview.updated_at < cast(:stuck_before as bigint));
