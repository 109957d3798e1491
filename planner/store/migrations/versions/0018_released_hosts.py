"""whom to ask at a site stands in no release"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

RELEASES = sa.table('releases', sa.column('id', sa.Integer), sa.column('content', sa.JSON))


def upgrade() -> None:
    here = op.get_bind()
    for release in here.scalars(sa.select(RELEASES.c.id).order_by(RELEASES.c.id)).all():  # one at a time: they are long
        content = here.scalar(sa.select(RELEASES.c.content).where(RELEASES.c.id == release))
        if _names_hosts(content):
            here.execute(sa.update(RELEASES).where(RELEASES.c.id == release).values(content=_without_hosts(content)))


def downgrade() -> None:
    """Leave releases as they are: whom to ask is in the table of contacts."""


def _names_hosts(content: dict[str, Any]) -> bool:
    rain = content.get('rain')
    return any(site.get('host') for site in _sites(content).values()) or bool(rain and _names_hosts(rain))


def _without_hosts(content: dict[str, Any]) -> dict[str, Any]:
    sites = {key: {**site, 'host': None} if site.get('host') else site for key, site in _sites(content).items()}
    made = {**content, 'sites': sites} if 'sites' in content else content
    rain = content.get('rain')
    return {**made, 'rain': _without_hosts(rain)} if rain else made


def _sites(content: dict[str, Any]) -> dict[str, Any]:
    return content.get('sites') or {}
